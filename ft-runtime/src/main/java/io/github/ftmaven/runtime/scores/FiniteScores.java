package io.github.ftmaven.runtime.scores;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Scores by name, each a finite number. */
final class FiniteScores {
    private FiniteScores() {}

    /** An unmodifiable copy, sorted by name, so that the same scores always give the same bytes. */
    static Map<String, Double> sorted(String owner, Map<String, Double> scores) {
        scores.forEach((name, score) -> {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException(
                        owner + ": " + name + " is " + score + ", but a score must be a finite number");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(scores));
    }
}
