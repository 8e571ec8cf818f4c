package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.RemoteFiles;
import java.util.List;
import java.util.function.UnaryOperator;

/** The values of a spec that name a model, an adapter or data, local or remote. */
final class SourceNames {
    private final ObjectNode spec;
    private final SpecKeys keys;

    /** Prepares a spec whose values are replaced in place; {@code keys} are those of the same spec. */
    SourceNames(ObjectNode spec, SpecKeys keys) {
        this.spec = spec;
        this.keys = keys;
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
        if (!keys.isWritten(path) || !RemoteFiles.isRemote(declared) || keys.isWrong(path)) {
            return declared;
        }
        try {
            String name = names.apply(declared);
            if (!name.contains("${")) { // a worker reads the spec without the build's properties
                RemoteForm.check(name);
            }
            return name;
        } catch (InvalidInputException e) {
            keys.refuse(path, path + ": " + e.getMessage());
            return declared;
        }
    }

    private void replace(String section, String key, UnaryOperator<String> names) {
        String path = section + "." + key;
        JsonNode value = keys.at(path);
        if (!keys.isWritten(path) || !value.isTextual() || keys.isWrong(path)) {
            return;
        }
        try {
            ((ObjectNode) spec.path(section)).put(key, names.apply(value.textValue()));
        } catch (InvalidInputException e) {
            keys.refuse(path, path + ": " + e.getMessage());
        }
    }
}
