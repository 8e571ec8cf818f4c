package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.ComparisonSpec;
import io.github.ftmaven.runtime.spec.Limits;
import io.github.ftmaven.runtime.spec.OnInconclusive;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.spec.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules for tests. */
public final class Rules {
    private Rules() {}

    private static final Limits NONE = new Limits(null, null);
    private static final ComparisonSpec NOBODY = new ComparisonSpec(null, null, null);

    public static Rule minimum(String metric, double minimum) {
        return of(metric, new Limits(minimum, null), NOBODY);
    }

    public static Rule maximum(String metric, double maximum) {
        return of(metric, new Limits(null, maximum), NOBODY);
    }

    public static Rule gain(String metric, String over, double minimumGain) {
        return of(metric, NONE, new ComparisonSpec(over, minimumGain, null));
    }

    public static Rule drop(String metric, String over, double maximumDrop) {
        return of(metric, NONE, new ComparisonSpec(over, null, maximumDrop));
    }

    /** Any limits and comparison, also those that no spec can declare together. */
    static Rule of(String metric, Limits limits, ComparisonSpec comparison) {
        return new Rule(metric, limits, comparison, null, null, null, null);
    }

    public static Rule confidence(Rule rule, double confidence) {
        return of(rule, confidence, rule.where(), rule.severity(), rule.onInconclusive());
    }

    public static Rule where(Rule rule, Map<String, String> where) {
        return of(rule, rule.confidence(), where, rule.severity(), rule.onInconclusive());
    }

    public static Rule warns(Rule rule) {
        return of(rule, rule.confidence(), rule.where(), Severity.WARN, rule.onInconclusive());
    }

    public static Rule inconclusive(Rule rule, OnInconclusive onInconclusive) {
        return of(rule, rule.confidence(), rule.where(), rule.severity(), onInconclusive);
    }

    private static Rule of(
            Rule rule,
            @Nullable Double confidence,
            @Nullable Map<String, String> where,
            @Nullable Severity severity,
            @Nullable OnInconclusive onInconclusive) {
        return new Rule(rule.metric(), rule.limits(), rule.comparison(), confidence, where, severity, onInconclusive);
    }
}
