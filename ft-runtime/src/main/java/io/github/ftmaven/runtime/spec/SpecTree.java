package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a spec back into YAML values, defaults included: the inverse of {@link SpecBinder}. */
public final class SpecTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpecTree() {}

    /** All values of a spec; keys without one are null. */
    public static ObjectNode of(FineTuneSpec spec) {
        return ofRecord(spec);
    }

    /** The spec that {@link #of} turned into these values. */
    public static FineTuneSpec read(JsonNode values) {
        return SpecBinder.bind(values);
    }

    private static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof JsonNode node) {
            return node;
        } else if (value instanceof String text) {
            return JSON.textNode(text);
        } else if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        } else if (value instanceof Integer whole) {
            return JSON.numberNode(whole.intValue());
        } else if (value instanceof Long whole) {
            return JSON.numberNode(whole.longValue());
        } else if (value instanceof Double number) {
            return JSON.numberNode(number.doubleValue());
        } else if (value instanceof Enum<?> constant) {
            return JSON.textNode(SpecWords.word(constant));
        } else if (value instanceof HeldOut rows) {
            return value(rows.toYaml());
        } else if (value instanceof Targets targets) {
            return value(targets.toYaml());
        } else if (value instanceof Baseline baseline) {
            return value(baseline.toYaml());
        } else if (value instanceof HarnessTask task) {
            return value(task.toYaml());
        } else if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            for (Object element : list) {
                array.add(value(element));
            }
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.set((String) entry.getKey(), value(entry.getValue()));
            }
            return object;
        } else if (value instanceof Record section) {
            return ofRecord(section);
        }
        throw new IllegalStateException("no value of " + value.getClass());
    }

    private static ObjectNode ofRecord(Record section) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(section);
                if (component.isAnnotationPresent(Inline.class)) {
                    object.setAll(ofRecord((Record) value));
                } else {
                    object.set(component.getName(), value(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + ": not read", e);
            }
        }
        return object;
    }
}
