package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one assertion, or all of a test, came to.
 *
 * @param assertion null for a whole test
 * @param namedScores by metric, each the weighted mean of what was given to it
 * @param namedScoreWeights by metric, the sum of the weights
 * @param components of a test its assertions, sets followed by what they hold
 * @param renderedValue what was expected, where a template made it
 * @param usage what judges took
 * @param contributions by metric, how many assertions are named to give to it, those of sets included
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
    /** Whether this is what a set of assertions came to. */
    public boolean isSet() {
        return assertion != null && assertion.type().equals(Assertion.SET);
    }

    /** The same test after a comparison with the answers of others, which it must pass too. */
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
