package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies acceptance rules to scores; {@code docs/acceptance.md} is the decision table in plain words.
 *
 * <p>A rule passes only when what it asks for was measured and reaches the bound; {@link Quantity} says how the two are
 * compared. Whatever was not measured is an error, not a failure of the model, and never a pass.
 */
public final class Gate {
    private Gate() {}

    /**
     * Judges the tuned model by every rule, also after one that fails. Where no rule that was applied could have failed
     * the build, nothing was judged, and that is the verdict.
     *
     * @param released what rules over the released adapter compare with; null where there is no such rule. Where there is
     *     positively no release these rules are not applied
     * @throws InvalidInputException when a rule asks for a metric or a provider that was not measured, or is not a rule;
     *     the message has one line for each such rule
     */
    public static GateResult check(List<Rule> rules, Scores scores, @Nullable ReleasedAdapter released) {
        List<Finding> findings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> notApplied = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            try {
                if (released == null || released.isApplicable(rules.get(i))) {
                    findings.add(Measurement.of(rules.get(i), scores));
                } else {
                    notApplied.add("acceptance[" + i + "], over: released, is not applied: " + released.reason());
                }
            } catch (InvalidInputException e) {
                problems.add("acceptance[" + i + "]: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        List<RuleResult> results = Judgement.of(findings);
        return new GateResult(verdict(results), results, notApplied);
    }

    /** What the results of rules come to. */
    public static Verdict verdict(List<RuleResult> results) {
        if (results.stream().anyMatch(RuleResult::failsBuild)) {
            return Verdict.FAIL;
        }
        return results.stream().anyMatch(result -> Strictness.canFail(result.rule()))
                ? Verdict.PASS
                : Verdict.NOT_JUDGED;
    }

    /**
     * Refuses scores of something else than what is being judged, such as those of an earlier build.
     *
     * @param testDigest SHA-256 of the test set as it is now
     * @param artifactDigest SHA-256 of what was trained of the packaged adapter as it is now
     * @throws InvalidInputException when the scores were measured on another test set or another adapter
     */
    public static void requireCurrent(Scores scores, String testDigest, String artifactDigest) {
        requireSame("artifact", scores.artifactDigest(), artifactDigest);
        requireSame("test set", scores.test().digest(), testDigest);
    }

    /**
     * Refuses scores of only some of the test questions: what is missing may be what was answered wrongly, and where all
     * that is left agrees with the recorded metric nothing else would show it.
     *
     * @param testItems how many questions the test set has
     * @throws InvalidInputException when there are fewer or more
     */
    public static void requireComplete(Scores scores, int testItems) {
        int measured = scores.test().providers().get(0).items().size();
        if (measured != testItems) {
            throw new InvalidInputException("The scores are of " + measured + " test questions, but the test set has "
                    + testItems + ": the scores are incomplete. Run ft:evaluate again.");
        }
    }

    private static void requireSame(String what, String measured, String current) {
        if (!measured.equals(current)) {
            throw new InvalidInputException(
                    "The scores were measured on another %s (sha256 %.12s) than this build's (%.12s). Run ft:evaluate again."
                            .formatted(what, measured, current));
        }
    }
}
