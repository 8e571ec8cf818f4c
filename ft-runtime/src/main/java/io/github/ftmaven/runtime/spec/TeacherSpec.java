package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model that answers prompts, on a server with an OpenAI-compatible API. */
public record TeacherSpec(
        @Doc("The model's name on the server.") String model,

        @Doc("The server's base URL, up to and including /v1.")
        String url,

        @Doc("The environment variable that holds the API key. Without it, and without server, no key is sent.")
        @Nullable
        String apiKeyEnvironment,

        @Doc("The id of the server in Maven's settings whose password is the API key.") @Nullable
        String server,

        @Doc("The temperature of the answers, 0 by default.") @Bounds(min = 0, max = 2) @Nullable
        Double temperature,

        @Doc("The most tokens of an answer, 1024 by default. Longer answers are cut off, and left out.")
        @Bounds(min = 1)
        @Nullable
        Integer maxTokens,

        @Doc("More keys of each request, such as top_p or seed. null removes a key.") @Nullable
        Map<String, JsonNode> parameters) {
    private static final int MAX_TOKENS = 1_024;

    public TeacherSpec {
        parameters = parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The temperature; 0 unless said otherwise. */
    public double heat() {
        return temperature == null ? 0 : temperature;
    }

    /** The most tokens of an answer; 1024 unless said otherwise. */
    public int longestAnswer() {
        JsonNode renamed = more().get("max_completion_tokens");
        return renamed != null ? renamed.asInt() : maxTokens == null ? MAX_TOKENS : maxTokens;
    }

    /** The further keys of each request; empty for none. */
    public Map<String, JsonNode> more() {
        return parameters == null ? Map.of() : parameters;
    }
}
