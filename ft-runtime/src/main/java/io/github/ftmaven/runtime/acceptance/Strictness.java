package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out whether a rule can fail at all: a rule that every model meets does not judge. */
final class Strictness {
    /** Metrics without a largest value; all metrics of the spec are at least 0. */
    private static final Set<Metric> UNBOUNDED = EnumSet.of(Metric.PERPLEXITY, Metric.ANSWER_TOKENS, Metric.LATENCY);

    private Strictness() {}

    /** Whether some model would fail the build by this rule. */
    static boolean canFail(Rule rule) {
        return !rule.onlyWarns() && alwaysMet(rule).isEmpty();
    }

    /**
     * One sentence about why every model meets a rule; empty for a rule that a model can miss, and for metrics of
     * suites and tasks, whose range is unknown.
     */
    static Optional<String> alwaysMet(Rule rule) {
        Optional<Metric> metric = Metrics.metric(rule.metric());
        if (metric.isEmpty()) {
            return Optional.empty();
        }
        boolean share = !UNBOUNDED.contains(metric.get());
        if (rule.limits().minimum() != null && rule.limits().minimum() <= 0) {
            return Optional.of(always(rule, "minimum", rule.limits().minimum(), "is never below 0"));
        }
        if (share && rule.limits().maximum() != null && rule.limits().maximum() >= 1) {
            return Optional.of(always(rule, "maximum", rule.limits().maximum(), "is never above 1"));
        }
        if (share
                && rule.comparison().maximumDrop() != null
                && rule.comparison().maximumDrop() >= 1) {
            return Optional.of(
                    always(rule, "maximumDrop", rule.comparison().maximumDrop(), "cannot drop by more than 1"));
        }
        return Optional.empty();
    }

    private static String always(Rule rule, String key, double bound, String range) {
        return String.format(
                Locale.ROOT,
                "Every model meets %s: %s %s, because it %s. The rule cannot fail; set a bound that a model can miss.",
                Sentences.subject(rule),
                key,
                Quantity.printBound(Quantity.of(bound)),
                range);
    }
}
