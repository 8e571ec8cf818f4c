package io.github.ftmaven.runtime.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts JSON to template values. */
public final class Values {
    private Values() {}

    /**
     * Converts a JSON value: objects keep the order of their keys, whole numbers become longs or, if they do not fit,
     * big integers, and null becomes {@link None}.
     */
    public static Object of(JsonNode json) {
        if (json.isObject()) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                map.put(entry.getKey(), of(entry.getValue()));
            }
            return map;
        }
        if (json.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode item : json) {
                list.add(of(item));
            }
            return list;
        }
        if (json.isTextual()) {
            return json.textValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isIntegralNumber()) {
            return Numbers.of(json.bigIntegerValue());
        }
        return json.isNumber() ? (Object) json.doubleValue() : None.NONE;
    }

    /** A value's text as Python's {@code str()} returns it. */
    public static String text(Object value) {
        return Budget.within(() -> Python.text(value));
    }

    /**
     * A text stripped as by Python's {@code str.strip()}, which knows more white space than Java's, such as the
     * no-break space.
     */
    public static String strip(String text) {
        return StringMethods.strip(text, None.NONE, true, true);
    }

    /** A value's text as the filter {@code tojson} returns it. */
    public static String json(Object value) {
        return Budget.within(() -> JsonText.of(value, Arguments.NONE));
    }

    /** Whether Python's {@code ==} holds. */
    public static boolean equal(Object one, Object other) {
        return Budget.within(() -> Comparisons.equal(one, other));
    }

    /** The entries of a JSON object. */
    public static Map<String, Object> variables(JsonNode object) {
        Map<String, Object> variables = new LinkedHashMap<>();
        object.properties().forEach(entry -> variables.put(entry.getKey(), of(entry.getValue())));
        return variables;
    }
}
