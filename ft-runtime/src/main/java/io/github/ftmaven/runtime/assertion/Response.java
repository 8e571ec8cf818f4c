package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer.
 *
 * @param output text, or JSON
 * @param latencyMs the duration in milliseconds
 * @param cost in US dollars; null if the provider does not report it
 * @param finishReason the reason for the end of the answer; null if the provider does not report it
 * @param logProbs the log probabilities of the answer's tokens; null if the provider does not report them
 * @param tokens the token counts of the prompt and the answer, as far as the provider reports them
 */
public record Response(
        JsonNode output,
        long latencyMs,
        @Nullable Double cost,
        @Nullable String finishReason,
        @Nullable List<Double> logProbs,
        Tokens tokens) {
    /** Token counts; 0 where unknown. */
    public record Tokens(long prompt, long completion) {
        /** Unknown counts. */
        public static final Tokens NONE = new Tokens(0, 0);
    }
}
