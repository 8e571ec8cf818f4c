package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The measurements for a rule, before all rules are judged together.
 *
 * @param evidence the evidence that {@code p} belongs to
 * @param p the p-value of the test for the verdict's claim: that a gain or a bound is reached, or a drop exceeds the
 *     tolerance; null if the estimate decides
 * @param reached whether the estimate meets the rule
 */
record MeasuredRule(
        Rule rule,
        @Nullable String against,
        int items,
        BigDecimal value,
        BigDecimal bound,
        boolean reached,
        Evidence evidence,
        @Nullable Interval interval,
        @Nullable Double p,
        String sentence) {}
