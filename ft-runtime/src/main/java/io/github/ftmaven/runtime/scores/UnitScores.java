package io.github.ftmaven.runtime.scores;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Scores by name, each in [0, 1]. */
final class UnitScores {
    private UnitScores() {}

    /** An unmodifiable copy in the order of the names, so that the same scores always give the same bytes. */
    static Map<String, Double> sorted(String owner, Map<String, Double> scores) {
        scores.forEach((name, score) -> {
            // Negated, so that NaN, for which every comparison is false, is refused too.
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException(
                        owner + ": " + name + " is " + score + ", but a score is a number from 0 to 1");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(scores));
    }
}
