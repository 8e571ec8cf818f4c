package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer.
 *
 * @param output text, or JSON
 * @param latencyMs milliseconds it took
 * @param cost in US dollars; null if the provider does not tell
 * @param finishReason why it ended; null if the provider does not tell
 * @param logProbs the logarithms of its tokens' probabilities; null if the provider does not tell
 * @param tokens the tokens of its prompt and itself, as far as the provider tells
 */
public record Response(
        JsonNode output,
        long latencyMs,
        @Nullable Double cost,
        @Nullable String finishReason,
        @Nullable List<Double> logProbs,
        Tokens tokens) {
    /** Numbers of tokens; 0 where they are not known. */
    public record Tokens(long prompt, long completion) {
        /** Where nothing is known. */
        public static final Tokens NONE = new Tokens(0, 0);
    }
}
