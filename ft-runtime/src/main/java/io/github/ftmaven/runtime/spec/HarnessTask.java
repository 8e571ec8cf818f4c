package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task of lm-evaluation-harness, or a group of them.
 *
 * @param path its YAML file
 * @param fewShot how many examples stand before a question; null for what the task says
 * @param limit how many of a task's documents are asked at most; null for all
 */
public record HarnessTask(
        String path, @Nullable Integer fewShot, @Nullable Integer limit) {
    /** The keys of one that is not a path alone. */
    record Keys(
            @Doc("The YAML file of a task or a group.") String path,

            @Doc("How many examples stand before a question; what the task says when absent.")
            @Bounds(min = 0)
            @Nullable
            Integer fewShot,

            @Doc("How many of a task's documents are asked at most; all when absent.") @Bounds(min = 1) @Nullable
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
