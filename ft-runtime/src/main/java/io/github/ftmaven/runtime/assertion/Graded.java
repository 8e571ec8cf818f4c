package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one assertion, or of a whole test.
 *
 * @param assertion null for a whole test
 * @param namedScores by metric, the weighted mean of its scores
 * @param namedScoreWeights by metric, the sum of the weights
 * @param components for a test, its assertions; the members of a set follow it
 * @param renderedValue the expected value, if a template rendered it
 * @param usage the judges' usage
 * @param contributions by metric, how many assertions name it, including those in sets
 */
public record Graded(
        boolean pass,
        double score,
        String reason,
        @Nullable Assertion assertion,
        Map<String, Double> namedScores,
        Map<String, Double> namedScoreWeights,
        List<Graded> components,
        @Nullable String renderedValue,
        Usage usage,
        Map<String, Integer> contributions) {
    /** Whether this is the result of a set of assertions. */
    public boolean isSet() {
        return assertion != null && assertion.type().equals(Assertion.SET);
    }

    /** The same test after a comparison with other answers, which it must pass too. */
    public Graded and(Graded comparison) {
        List<Graded> all = new ArrayList<>(components);
        all.add(comparison);
        return new Graded(
                pass && comparison.pass(),
                comparison.pass() ? score : comparison.score(),
                comparison.pass() || !pass ? reason : comparison.reason(),
                assertion,
                namedScores,
                namedScoreWeights,
                all,
                renderedValue,
                usage.plus(comparison.usage()),
                contributions);
    }
}
