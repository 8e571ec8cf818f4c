package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The measurements for a rule, before all rules are judged together.
 *
 * @param sentence the measurement in words
 */
record MeasuredRule(Rule rule, @Nullable String against, int items, Estimate estimate, Test test, String sentence) {
    /**
     * The measured value beside its bound.
     *
     * @param reached whether the value meets the rule
     */
    record Estimate(
            BigDecimal value,
            BigDecimal bound,
            boolean reached,
            @Nullable Interval interval) {}

    /**
     * The test for the verdict's claim: that a gain or a bound is reached, or a drop exceeds the tolerance.
     *
     * @param evidence null for a measurement that is not a sample
     * @param p its p-value; null if the estimate decides
     */
    record Test(@Nullable Evidence evidence, @Nullable Double p) {}
}
