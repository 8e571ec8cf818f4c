package io.github.ftmaven.runtime.assertion;

import java.util.Map;

/**
 * What one check found.
 *
 * @param score mostly 0 to 1; a script's may be any number
 * @param reason why, for people
 * @param namedScores further scores that a script returned
 */
public record Outcome(boolean pass, double score, String reason, Map<String, Double> namedScores) {
    static final String PASSED = "Assertion passed";

    /** One without further scores. */
    public Outcome(boolean pass, double score, String reason) {
        this(pass, score, reason, Map.of());
    }

    /** 1 and {@link #PASSED}, or 0 and a reason. */
    static Outcome of(boolean pass, String failure) {
        return new Outcome(pass, pass ? 1 : 0, pass ? PASSED : failure);
    }
}
