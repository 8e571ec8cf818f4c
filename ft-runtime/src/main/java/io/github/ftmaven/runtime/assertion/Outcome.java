package io.github.ftmaven.runtime.assertion;

import java.util.Map;

/**
 * The result of a check.
 *
 * @param score usually from 0 to 1; a script may return any number
 * @param reason the explanation for people
 * @param namedScores further scores from a script
 */
public record Outcome(boolean pass, double score, String reason, Map<String, Double> namedScores) {
    static final String PASSED = "Assertion passed";

    /** A result without further scores. */
    public Outcome(boolean pass, double score, String reason) {
        this(pass, score, reason, Map.of());
    }

    /** A result with score 1 and {@link #PASSED}, or with 0 and a reason. */
    static Outcome of(boolean pass, String failure) {
        return new Outcome(pass, pass ? 1 : 0, pass ? PASSED : failure);
    }
}
