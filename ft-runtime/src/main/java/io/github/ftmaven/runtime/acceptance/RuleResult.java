package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The result of an applied rule.
 *
 * @param rule the rule in the spec
 * @param against the model that the tuned model was compared with: the one in {@code over}, or the best baseline; null
 *     without a comparison
 * @param items the number of items of the rule
 * @param failsBuild whether the rule fails the build
 * @param message the result in one or two sentences
 */
public record RuleResult(
        Rule rule,
        @Nullable String against,
        int items,
        Estimate estimate,
        Significance significance,
        Verdict verdict,
        boolean failsBuild,
        String message) {
    /**
     * The measured value beside its bound.
     *
     * @param value the measured value: the metric, or with {@code over} the gain, so that more is better (where lower
     *     is better, the decrease)
     * @param bound the value that {@code value} must reach, or with {@code maximum} must not exceed; a {@code
     *     maximumDrop} of 0.01 is -0.01
     * @param interval the interval of {@code value}, each end a bound at the rule's confidence; null if there is none
     */
    public record Estimate(
            double value, double bound, @Nullable Interval interval) {}

    /**
     * The test behind the verdict.
     *
     * @param p the p-value; null if the estimate decides
     * @param adjustedP the same after Holm's correction over the rules of the build; rules on timings are corrected
     *     separately
     * @param itemsNeeded about how many items would decide an inconclusive rule; null if no number would, and for other
     *     verdicts
     */
    public record Significance(
            @Nullable Double p,
            @Nullable Double adjustedP,
            @Nullable Long itemsNeeded) {}
}
