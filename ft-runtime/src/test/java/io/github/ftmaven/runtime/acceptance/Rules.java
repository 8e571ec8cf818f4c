package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.FineTuneSpec.OnInconclusive;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules for tests. */
public final class Rules {
    private Rules() {}

    public static Rule minimum(String metric, double minimum) {
        return new Rule(metric, minimum, null, null, null, null, null, null, null, null);
    }

    public static Rule maximum(String metric, double maximum) {
        return new Rule(metric, null, maximum, null, null, null, null, null, null, null);
    }

    public static Rule gain(String metric, String over, double minimumGain) {
        return new Rule(metric, null, null, over, minimumGain, null, null, null, null, null);
    }

    public static Rule drop(String metric, String over, double maximumDrop) {
        return new Rule(metric, null, null, over, null, maximumDrop, null, null, null, null);
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
        return new Rule(
                rule.metric(),
                rule.minimum(),
                rule.maximum(),
                rule.over(),
                rule.minimumGain(),
                rule.maximumDrop(),
                confidence,
                where,
                severity,
                onInconclusive);
    }
}
