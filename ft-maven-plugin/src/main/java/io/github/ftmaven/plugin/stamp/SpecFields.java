package io.github.ftmaven.plugin.stamp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecTree;
import java.util.SortedMap;
import java.util.TreeMap;

/** A spec, defaults included, as flat text fields: {@code training.learningRate} is {@code 2.0E-4}. */
final class SpecFields {
    private static final JsonTrees JSON = Json.lenientTrees();

    private final SortedMap<String, String> fields = new TreeMap<>();

    SpecFields(FineTuneSpec spec) {
        flatten("", SpecTree.of(spec));
    }

    /** The fields of a section, or a single field by its full name. */
    SortedMap<String, String> under(String name) {
        SortedMap<String, String> under = new TreeMap<>(fields.subMap(name + ".", name + "/"));
        if (fields.containsKey(name)) {
            under.put(name, fields.get(name));
        }
        return under;
    }

    private void flatten(String name, JsonNode value) {
        if (value.isObject()) {
            value.forEachEntry((key, child) -> flatten(name.isEmpty() ? key : name + "." + key, child));
        } else {
            boolean plain =
                    value.isTextual() && !name.startsWith("dataset.templateArguments."); // there "false" is not false
            fields.put(name, value.isNull() ? "absent" : plain ? value.textValue() : text(value));
        }
    }

    private static String text(JsonNode value) {
        try {
            return JSON.write(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // it was read from a spec
        }
    }
}
