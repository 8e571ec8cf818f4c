package io.github.ftmaven.runtime.assertion;

import java.util.Map;

/**
 * Scores by metric.
 *
 * @param scores the mean or the sum of the scores, weighted
 * @param weights the sum of the weights
 * @param counts the number of assertions that contributed
 */
public record NamedScores(Map<String, Double> scores, Map<String, Double> weights, Map<String, Integer> counts) {
    /** No metric. */
    public static final NamedScores NONE = new NamedScores(Map.of(), Map.of(), Map.of());

    /** Other scores with the same weights and counts. */
    public NamedScores with(Map<String, Double> others) {
        return new NamedScores(others, weights, counts);
    }
}
