package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** A spec as flat text, to compare two specs key by key and to name what differs. */
final class FlatSpec {
    private FlatSpec() {}

    /**
     * Every value of a spec by its path, defaults included: {@code training.learningRate} is {@code 2.0E-4}.
     *
     * <p>Entries of lists have a path each, as {@code acceptance[0].metric}; keys without a value and empty lists have
     * none. Two specs are equal exactly when their fields are.
     */
    static SortedMap<String, String> flatten(FineTuneSpec spec) {
        return flatten(SpecTree.of(spec));
    }

    static SortedMap<String, String> flatten(JsonNode spec) {
        SortedMap<String, String> fields = new TreeMap<>();
        flatten(spec, "", fields);
        return fields;
    }

    private static void flatten(JsonNode value, String path, SortedMap<String, String> fields) {
        if (value.isObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            value.properties().forEach(entry -> flatten(entry.getValue(), prefix + entry.getKey(), fields));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(value.get(i), path + "[" + i + "]", fields);
            }
        } else if (!value.isNull()) {
            // Templates tell the text "false" from false.
            fields.put(path, path.startsWith("dataset.templateArguments.") ? value.toString() : value.asText());
        }
    }
}
