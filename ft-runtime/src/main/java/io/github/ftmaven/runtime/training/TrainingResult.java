package io.github.ftmaven.runtime.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A finished training.
 *
 * @param steps optimizer steps taken
 * @param plannedSteps optimizer steps according to the spec; more than {@code steps} after an early stop
 * @param seconds wall-clock seconds in optimizer steps, including interrupted runs
 * @param tokens tokens of all training examples, counted each time they are used
 * @param supervisedTokens the tokens among them that were learnt
 * @param tokensPerSecond {@code tokens / seconds}
 * @param finalLoss mean loss of the last ten steps, in nats per supervised token
 * @param validationLoss of the weights that were kept; null without validation examples
 * @param bestStep the step whose weights were kept
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
