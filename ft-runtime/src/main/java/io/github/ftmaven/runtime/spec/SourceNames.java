package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The values of a spec that name a model or an adapter, local or remote. */
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
