package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        List<MeasuredRule> findings = new ArrayList<>();
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
     * Refuses scores of only some of the test questions, or of others: what is missing may be what was answered wrongly, and
     * where all that is left agrees with the recorded metric nothing else would show it.
     *
     * @param test the test questions
     * @throws InvalidInputException when they are not exactly those that were answered
     */
    public static void requireComplete(Scores scores, List<Example> test) {
        List<ItemScore> items = scores.test().providers().get(0).items();
        if (items.size() != test.size()) {
            throw new InvalidInputException("The scores are of " + Counted.of(items.size(), "test question")
                    + ", but the test set has " + test.size() + ": the scores are incomplete. Run ft:evaluate again.");
        }
        for (int i = 0; i < test.size(); i++) {
            if (!items.get(i).id().equals(test.get(i).source())
                    || !items.get(i).metadata().equals(test.get(i).metadata())) {
                throw new InvalidInputException(
                        "The scores are of the question " + items.get(i).id() + " where the test" + " set has "
                                + test.get(i).source() + ", or of other metadata. Run ft:evaluate again.");
            }
        }
    }

    /**
     * Refuses scores of single answers that do not follow from the answers: whoever edits a score must at least answer for it.
     *
     * @throws InvalidInputException when one is not what its answer gives
     */
    public static void requireAsAnswered(Scores scores) {
        for (ProviderScores provider : scores.test().providers()) {
            for (ItemScore item : provider.items()) {
                Metrics.contradicted(item).ifPresent(metric -> {
                    throw new InvalidInputException(
                            "The " + metric + " of \"" + provider.provider() + "\" on " + item.id()
                                    + " is recorded as " + item.scores().get(metric)
                                    + ", which its answer does not give: the scores are damaged. Run ft:evaluate again.");
                });
            }
        }
    }

    private static void requireSame(String what, String measured, String current) {
        if (!measured.equals(current)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "The scores were measured on another %s (sha256 %.12s) than this build's (%.12s). Run ft:evaluate again.",
                    what,
                    measured,
                    current));
        }
    }
}
