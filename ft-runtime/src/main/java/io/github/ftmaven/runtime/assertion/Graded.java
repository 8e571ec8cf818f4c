package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one assertion, or of a whole test.
 *
 * @param assertion null for a whole test
 * @param named the weighted mean of each metric; the counts include assertions in sets
 * @param components for a test, its assertions; the members of a set follow it
 * @param renderedValue the expected value, if a template rendered it
 * @param usage the judges' usage
 */
public record Graded(
        boolean pass,
        double score,
        String reason,
        @Nullable Assertion assertion,
        NamedScores named,
        List<Graded> components,
        @Nullable String renderedValue,
        Usage usage) {
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
                named,
                all,
                renderedValue,
                usage.plus(comparison.usage()));
    }
}
