package io.github.ftmaven.runtime.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A finished training.
 *
 * @param steps optimizer steps taken
 * @param plannedSteps those the spec asks for; more than {@code steps} after an early stop
 * @param seconds wall-clock seconds in optimizer steps, those of interrupted runs included
 * @param tokens tokens of all examples trained on, each time they were
 * @param supervisedTokens those of them that were learnt
 * @param tokensPerSecond {@code tokens / seconds}
 * @param finalLoss mean loss of the last ten steps, in nats a supervised token
 * @param validationLoss of the weights that are kept; null without validation examples
 * @param bestStep the step whose weights are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingResult(
        int steps,
        int plannedSteps,
        double seconds,
        long tokens,
        long supervisedTokens,
        double tokensPerSecond,
        double finalLoss,
        @Nullable Double validationLoss,
        int bestStep) {}
