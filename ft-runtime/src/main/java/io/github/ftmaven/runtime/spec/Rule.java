package io.github.ftmaven.runtime.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One acceptance rule: a bound for the tuned model ({@code minimum}, {@code maximum}), or a comparison with another
 * model ({@code over} with {@code minimumGain} or {@code maximumDrop}). See {@code docs/acceptance.md}.
 */
@Alternatives({
    @Alternatives.Group("minimum"),
    @Alternatives.Group("maximum"),
    @Alternatives.Group({"over", "minimumGain"}),
    @Alternatives.Group({"over", "maximumDrop"})
})
public record Rule(
        @Doc("The metric that the rule checks.") String metric,

        @Inline Limits limits,
        @Inline ComparisonSpec comparison,

        @Doc("The confidence a verdict needs. Defaults to 0.95 for a rule with over;"
                + " other rules judge the estimate.")
        @Bounds(above = 0.5, below = 1)
        @Nullable
        Double confidence,

        @Doc("Restricts the rule to test items whose metadata has these values.") @Nullable
        Map<String, String> where,

        @Doc("Whether an unmet rule fails the build or only warns.") @Nullable
        Severity severity,

        @Doc("What to do when there are too few items to decide."
                + " Defaults to warn for gains and to fail for other rules.")
        @Nullable
        OnInconclusive onInconclusive) {
    /** The word for the best of all baselines. */
    public static final String BEST_BASELINE = "best-baseline";

    private static final double CONFIDENCE = 0.95;

    public Rule {
        where = where == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(where));
    }

    /** The confidence a verdict needs, in (0.5, 1); 0.95 unless said otherwise. */
    public double requiredConfidence() {
        return confidence == null ? CONFIDENCE : confidence;
    }

    /** The metadata that selects the items; empty for all items. */
    public Map<String, String> slice() {
        return where == null ? Map.of() : where;
    }

    /** Whether a statistical test decides the verdict, not the estimate. */
    public boolean tested() {
        return comparison.over() != null || confidence != null;
    }

    /** Whether the rule can only warn. */
    public boolean onlyWarns() {
        return severity == Severity.WARN;
    }

    /** Whether the build fails when the rule's verdict is inconclusive. */
    public boolean failsInconclusive() {
        return !onlyWarns()
                && (onInconclusive == null ? comparison.minimumGain() == null : onInconclusive == OnInconclusive.FAIL);
    }
}
