package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.RemoteFiles;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The values of a spec that name a model, an adapter or data, local or remote. */
final class SourceNames {
    private final ObjectNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    SourceNames(ObjectNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    /** Replaces each name with what it stands for. */
    void replace(UnaryOperator<String> names) {
        replace("base", "model", names);
        replace("adapter", "startFrom", names);
        for (String key : List.of("train", "validation", "test")) {
            replaceData("dataset." + key, spec.path("dataset").path(key), names);
        }
    }

    private void replaceData(String path, JsonNode value, UnaryOperator<String> names) {
        if (value.isTextual()) {
            ((ObjectNode) spec.path("dataset"))
                    .put(path.substring(path.indexOf('.') + 1), data(path, value.textValue(), names));
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, data(path + "[" + i + "]", array.get(i).textValue(), names));
                }
            }
        }
    }

    private String data(String path, String declared, UnaryOperator<String> names) {
        Place place = places.get(path);
        if (place == null || !RemoteFiles.isRemote(declared) || problems.touch(path)) {
            return declared;
        }
        try {
            String name = names.apply(declared);
            if (!name.contains("${")) { // a worker reads the spec without the build's properties
                RemoteForm.check(name);
            }
            return name;
        } catch (InvalidInputException e) {
            problems.add(place.value(), path, path + ": " + e.getMessage());
            return declared;
        }
    }

    private void replace(String section, String key, UnaryOperator<String> names) {
        String path = section + "." + key;
        Place place = places.get(path);
        JsonNode value = spec.path(section).path(key);
        if (place == null || !value.isTextual() || problems.touch(path)) {
            return;
        }
        try {
            ((ObjectNode) spec.path(section)).put(key, names.apply(value.textValue()));
        } catch (InvalidInputException e) {
            problems.add(place.value(), path, path + ": " + e.getMessage());
        }
    }
}
