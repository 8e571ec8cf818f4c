package io.github.ftmaven.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;

/**
 * The names of labels. The {@code datasets} library stores a label as a number, and its names beside the schema
 * ({@code ClassLabel}).
 *
 * @param names of the labels here; empty if there are none
 * @param below those of the fields below this one
 */
record LabelNames(List<String> names, Map<String, LabelNames> below) {
    private static final String KEY = "huggingface";
    private static final LabelNames NONE = new LabelNames(List.of(), Map.of());

    /** What a file says of its labels. */
    static LabelNames of(FileMetaData metadata) {
        if (!metadata.isSetKey_value_metadata()) {
            return NONE;
        }
        for (KeyValue entry : metadata.getKey_value_metadata()) {
            if (entry.getKey().equals(KEY) && entry.isSetValue()) {
                try {
                    return of(Json.lenientTrees()
                            .read(entry.getValue())
                            .path("info")
                            .path("features"));
                } catch (JsonProcessingException e) {
                    throw new DamagedException("what it says of its labels is not valid JSON");
                }
            }
        }
        return NONE;
    }

    private static LabelNames of(JsonNode feature) {
        JsonNode type = feature.path("_type");
        if (feature.isArray() && feature.size() == 1) {
            return of(feature.get(0));
        }
        if (type.isTextual()) {
            List<String> names = new ArrayList<>();
            if (type.textValue().equals("ClassLabel")) {
                feature.path("names").forEach(name -> names.add(name.asText()));
            }
            return names.isEmpty() ? of(feature.path("feature")) : new LabelNames(names, Map.of());
        }
        Map<String, LabelNames> below = new LinkedHashMap<>();
        feature.properties().forEach(entry -> {
            LabelNames child = of(entry.getValue());
            if (!child.isEmpty()) {
                below.put(entry.getKey(), child);
            }
        });
        return below.isEmpty() ? NONE : new LabelNames(List.of(), below);
    }

    private boolean isEmpty() {
        return names.isEmpty() && below.isEmpty();
    }

    /** Puts names in place of the labels' numbers. */
    void name(String source, ObjectNode row) {
        below.forEach((key, labels) -> {
            if (row.has(key)) {
                row.set(key, labels.named(source, key, row.get(key)));
            }
        });
    }

    private JsonNode named(String source, String key, JsonNode value) {
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, named(source, key, array.get(i)));
            }
            return array;
        }
        if (value instanceof ObjectNode object) {
            name(source, object);
            return object;
        }
        return names.isEmpty() || !value.isIntegralNumber()
                ? value
                : named(source, key, value.bigIntegerValue().longValue());
    }

    private JsonNode named(String source, String key, long label) {
        if (label == -1) {
            return NullNode.instance; // a row whose label is not known
        }
        if (label < 0 || label >= names.size()) {
            throw new InvalidInputException(source + ": " + key + " is the label " + label
                    + ", but the file names only the labels 0 to " + (names.size() - 1) + ".");
        }
        return JsonNodeFactory.instance.textNode(names.get((int) label));
    }
}
