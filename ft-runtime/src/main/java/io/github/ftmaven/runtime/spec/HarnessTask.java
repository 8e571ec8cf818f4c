package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task of lm-evaluation-harness, or a group of them.
 *
 * @param path its YAML file
 * @param fewShot how many examples precede a question; null for the task's own number
 * @param limit the most documents of a task to ask; null for all
 */
public record HarnessTask(
        String path, @Nullable Integer fewShot, @Nullable Integer limit) {
    /** The keys of a task that is more than a path. */
    record Keys(
            @Doc("The YAML file of a task or a group.") String path,

            @Doc("How many examples precede a question. Defaults to the task's own number.") @Bounds(min = 0) @Nullable
            Integer fewShot,

            @Doc("The most documents of a task to ask. Defaults to all.") @Bounds(min = 1) @Nullable
            Integer limit) {}

    static HarnessTask fromYaml(JsonNode value) {
        return value.isTextual()
                ? new HarnessTask(value.textValue(), null, null)
                : new HarnessTask(
                        value.path("path").asText(),
                        value.has("fewShot") ? value.path("fewShot").asInt() : null,
                        value.has("limit") ? value.path("limit").asInt() : null);
    }

    Object toYaml() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("path", path);
        if (fewShot != null) {
            keys.put("fewShot", fewShot);
        }
        if (limit != null) {
            keys.put("limit", limit);
        }
        return keys.size() == 1 ? path : keys;
    }
}
