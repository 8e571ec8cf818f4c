package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.spec.Shape.Section;
import java.util.Collection;
import java.util.List;

/**
 * Writes the JSON Schema (draft 2020-12) of a spec, for editors. The reader rejects everything that the schema rejects,
 * and only the reader checks rules between sections.
 */
final class SpecSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpecSchema() {}

    /** The schema of a whole spec. */
    static ObjectNode generate() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "A fine-tune of ft-maven-plugin");
        return schema.setAll(section(Defaults.SHAPE, Defaults.values()));
    }

    private static ObjectNode section(Section section, JsonNode defaults) {
        ObjectNode properties = JSON.objectNode();
        for (Shape.Key key : section.keys()) {
            properties.set(key.name(), property(key, defaults.path(key.name())));
        }
        ObjectNode schema = typed("object");
        schema.put("additionalProperties", false);
        schema.set("properties", properties);
        List<String> required = section.keys().stream()
                .filter(Shape.Key::required)
                .map(Shape.Key::name)
                .toList();
        if (!required.isEmpty()) {
            schema.set("required", words(required));
        }
        if (!section.alternatives().isEmpty()) {
            ArrayNode oneOf = schema.putArray("oneOf");
            section.alternatives().forEach(group -> oneOf.add(alternative(group, section.alternatives())));
        }
        return schema;
    }

    private static ObjectNode property(Shape.Key key, JsonNode defaultValue) {
        ObjectNode schema = JSON.objectNode();
        schema.put("description", key.description());
        ObjectNode value = value(key.shape(), defaultValue);
        if (key.nullable()) {
            schema.putArray("anyOf").add(value).add(typed("null"));
        } else {
            schema.setAll(value);
        }
        return defaultValue.isValueNode() || defaultValue.isArray()
                ? schema.set("default", plain(defaultValue))
                : schema;
    }

    private static ObjectNode value(Shape shape, JsonNode defaults) {
        if (shape instanceof Section section) {
            return section(section, defaults);
        } else if (shape instanceof Shape.Either either) {
            ArrayNode anyOf = JSON.arrayNode();
            either.shapes().forEach(each -> anyOf.add(value(each, defaults)));
            return JSON.objectNode().set("anyOf", anyOf);
        } else if (shape instanceof Shape.Items items) {
            ObjectNode schema = typed("array");
            schema.set("items", value(items.element(), JSON.missingNode()));
            if (!items.mayBeEmpty()) {
                schema.put("minItems", 1);
            }
            return items.isUnique() ? schema.put("uniqueItems", true) : schema;
        } else if (shape instanceof Shape.Word word) {
            ArrayNode words = words(word.words());
            return JSON.objectNode()
                    .set("enum", word.isSwitch() ? words.add(true).add(false) : words);
        } else if (shape instanceof Shape.Switch) {
            return JSON.objectNode()
                    .set("enum", JSON.arrayNode().add(true).add(false).add("on").add("off"));
        } else if (shape instanceof Shape.Whole whole) {
            ObjectNode schema = range(typed("integer"), whole.range());
            return schema.has("maximum") ? schema : schema.put("maximum", whole.largest());
        } else if (shape instanceof Shape.Decimal decimal) {
            return range(typed("number"), decimal.range());
        }
        if (shape instanceof Shape.Values values) {
            ObjectNode schema = typed("object").put("minProperties", 1);
            if (values.any()) {
                return schema;
            }
            schema.putObject("additionalProperties").set("type", words(List.of("string", "number", "boolean")));
            return schema;
        }
        return typed("string").put("pattern", "\\S");
    }

    private static ObjectNode range(ObjectNode schema, Range range) {
        bound(schema, "minimum", range.min());
        bound(schema, "exclusiveMinimum", range.above());
        bound(schema, "maximum", range.max());
        bound(schema, "exclusiveMaximum", range.below());
        return schema;
    }

    private static void bound(ObjectNode schema, String name, double value) {
        if (Double.isFinite(value)) {
            schema.set(name, plain(JSON.numberNode(value)));
        }
    }

    private static ObjectNode alternative(List<String> group, List<List<String>> all) {
        ObjectNode properties = JSON.objectNode();
        all.stream()
                .flatMap(Collection::stream)
                .filter(name -> !group.contains(name))
                .forEach(name -> properties.put(name, false));
        ObjectNode schema = JSON.objectNode();
        schema.set("required", words(group));
        schema.set("properties", properties);
        return schema;
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ArrayNode words(List<String> words) {
        ArrayNode array = JSON.arrayNode();
        words.forEach(array::add);
        return array;
    }

    /** A number without {@code .0}. */
    private static JsonNode plain(JsonNode value) {
        boolean whole = value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue());
        return whole ? JSON.numberNode(value.longValue()) : value;
    }
}
