package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Validation rows: a fraction of {@code train} in [0, 1), or files; never both. */
public record Validation(double fraction, List<String> files) {
    public Validation {
        files = List.copyOf(files);
    }

    static Validation fromYaml(JsonNode value) {
        return value.isNumber()
                ? new Validation(value.doubleValue(), List.of())
                : new Validation(0, SpecWords.texts(value));
    }

    Object toYaml() {
        return files.isEmpty() ? fraction : files;
    }
}
