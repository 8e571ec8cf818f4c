package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One rule, applied.
 *
 * @param rule as the spec has it
 * @param against whom the tuned model was compared with: what {@code over} names, or the baseline that is best; null
 *     where there was no comparison
 * @param items how many items the rule is about
 * @param value what was measured: the metric; with {@code over} the gain, so that more is better (where lower is better,
 *     how far it fell)
 * @param bound what {@code value} must reach, or with {@code maximum} must not exceed; a {@code maximumDrop} of 0.01 is
 *     -0.01
 * @param interval of {@code value}, each end a bound at the rule's confidence; null where there is none
 * @param p the p-value of the test the verdict rests on; null where the estimate decides
 * @param adjustedP the same after Holm's correction over the rules of the build, those on metrics of time apart
 * @param itemsNeeded about how many items would decide an inconclusive rule; null where no number would, and elsewhere
 * @param failsBuild whether the build fails because of it
 * @param message the result in a sentence or two
 */
public record RuleResult(
        Rule rule,
        @Nullable String against,
        int items,
        double value,
        double bound,
        @Nullable Interval interval,
        @Nullable Double p,
        @Nullable Double adjustedP,
        @Nullable Long itemsNeeded,
        Verdict verdict,
        boolean failsBuild,
        String message) {}
