package io.github.ftmaven.runtime.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step; a line of {@code train/log.jsonl}.
 *
 * @param step from 1 to {@code steps}
 * @param epoch epochs completed after this step
 * @param loss mean cross-entropy per supervised token, in nats, before the step
 * @param gradientNorm L2 norm of all gradients before clipping; the largest one of several replicas
 * @param tokensPerSecond mean since the start
 * @param secondsLeft the estimated time until the last step
 * @param validationLoss like {@code loss}, on the validation examples after the step; null if they were not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepReport(
        int step,
        int steps,
        double epoch,
        double loss,
        double learningRate,
        double gradientNorm,
        double tokensPerSecond,
        double secondsLeft,
        @Nullable Double validationLoss) {}
