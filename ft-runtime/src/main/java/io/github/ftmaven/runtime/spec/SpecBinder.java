package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates the records from values that were checked against their shapes. Jackson could do this, but inspecting the
 * records for the first time takes it longer than everything else the plugin does with a spec, and every build pays for
 * it.
 */
final class SpecBinder {
    private SpecBinder() {}

    /** Turns the values into a spec. */
    static FineTuneSpec bind(JsonNode spec) {
        return (FineTuneSpec) record(spec, FineTuneSpec.class);
    }

    private static @Nullable Object value(JsonNode value, Type type) {
        if (value.isNull() || value.isMissingNode()) {
            if (type instanceof Class<?> primitive && primitive.isPrimitive()) {
                throw new IllegalStateException("checked, but without a value");
            }
            return null;
        } else if (type == String.class) {
            return value.asText();
        } else if (type == boolean.class) {
            return value.booleanValue();
        } else if (type == int.class || type == Integer.class) {
            return value.intValue();
        } else if (type == long.class || type == Long.class) {
            return value.longValue();
        } else if (type == double.class || type == Double.class) {
            return value.doubleValue();
        } else if (type == JsonNode.class) {
            return value;
        } else if (type == HeldOut.class) {
            return HeldOut.fromYaml(value);
        } else if (type == Targets.class) {
            return Targets.fromYaml(value);
        } else if (type == Baseline.class) {
            return Baseline.fromYaml(value);
        } else if (type == HarnessTask.class) {
            return HarnessTask.fromYaml(value);
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(value, list.getActualTypeArguments()[0]);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return map(value, map.getActualTypeArguments()[1]);
        } else if (type instanceof Class<?> word && word.isEnum()) {
            return constant(value.asText(), word);
        } else if (type instanceof Class<?> section && section.isRecord()) {
            return record(value, section);
        }
        throw new IllegalStateException("no value of " + type);
    }

    private static Object record(JsonNode values, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = components[i].isAnnotationPresent(Inline.class)
                    ? record(values, components[i].getType())
                    : value(values.path(components[i].getName()), components[i].getGenericType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + ": checked, but not bound", e);
        }
    }

    /** A single value becomes a list of one. */
    private static List<@Nullable Object> list(JsonNode value, Type type) {
        List<@Nullable Object> list = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode element : value) {
                list.add(value(element, type));
            }
        } else {
            list.add(value(value, type));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonNode value, Type type) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            // A value of type Any may itself be null.
            map.put(entry.getKey(), type == JsonNode.class ? entry.getValue() : value(entry.getValue(), type));
        }
        return map;
    }

    private static Object constant(String word, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (SpecWords.word((Enum<?>) constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalStateException(word + " is none of " + Arrays.toString(type.getEnumConstants()));
    }
}
