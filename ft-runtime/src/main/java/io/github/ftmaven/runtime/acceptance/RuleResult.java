package io.github.ftmaven.runtime.acceptance;

import org.jspecify.annotations.Nullable;

/**
 * One rule, applied.
 *
 * @param metric the metric's name in the spec, such as {@code macro-f1}
 * @param provider whose metric it is
 * @param over whom the gain is measured against; null when the metric itself is judged
 * @param value what was measured: the metric in [0, 1], or with {@code over} the gain in [-1, 1]
 * @param bound the least value that passes
 * @param message the result in a sentence
 */
public record RuleResult(
        String metric,
        String provider,
        @Nullable String over,
        double value,
        double bound,
        Verdict verdict,
        String message) {}
