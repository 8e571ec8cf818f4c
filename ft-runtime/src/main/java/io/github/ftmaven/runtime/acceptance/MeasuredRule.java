package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for a rule, before it is judged beside the others.
 *
 * @param evidence the one that {@code p} is of
 * @param p of the test that would establish what the verdict claims: a gain or a bound reached, or a drop past the
 *     tolerance; null where the estimate decides
 * @param reached whether the estimate is where the rule wants it
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
