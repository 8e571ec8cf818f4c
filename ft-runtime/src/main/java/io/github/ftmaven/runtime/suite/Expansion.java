package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every combination of the values of variables that are lists of texts; the first variable changes slowest. */
final class Expansion {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Expansion() {}

    /** The number of combinations, without creating them: they can exceed the memory. */
    static double count(ObjectNode vars, boolean disabled, SuiteFiles files) {
        double count = 1;
        for (Map.Entry<String, JsonNode> entry : vars.properties()) {
            count *= disabled ? 1 : values(entry.getValue(), files).size();
        }
        return count;
    }

    static List<ObjectNode> of(ObjectNode vars, boolean disabled, SuiteFiles files) {
        List<ObjectNode> combinations = List.of(JSON.objectNode());
        for (Map.Entry<String, JsonNode> entry : vars.properties()) {
            List<JsonNode> values = disabled ? List.of(entry.getValue()) : values(entry.getValue(), files);
            List<ObjectNode> next = new ArrayList<>();
            for (ObjectNode combination : combinations) {
                for (JsonNode value : values) {
                    ObjectNode extended = combination.deepCopy();
                    extended.set(entry.getKey(), value);
                    next.add(extended);
                }
            }
            combinations = next;
        }
        return combinations;
    }

    private static List<JsonNode> values(JsonNode value, SuiteFiles files) {
        List<JsonNode> values = new ArrayList<>();
        if (value.isArray() && !value.isEmpty() && value.get(0).isTextual()) {
            value.forEach(values::add);
        } else if (value.isTextual() && value.textValue().startsWith("file://") && Glob.isPattern(value.textValue())) {
            for (Path file : files.find(value.textValue())) {
                values.add(TextNode.valueOf("file://" + files.show(file)));
            }
        }
        return values.isEmpty() ? List.of(value) : values;
    }
}
