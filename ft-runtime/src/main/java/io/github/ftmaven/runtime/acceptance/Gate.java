package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.DriftMetric;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies acceptance rules to scores; {@code docs/acceptance.md} is the decision table in plain words.
 *
 * <p>A rule passes only if its metric was measured and reaches the bound; {@link Quantity} compares the two. A metric
 * that was not measured is an error: neither a failure of the model nor a pass.
 */
public final class Gate {
    private Gate() {}

    /**
     * Judges the tuned model by every rule, even after one has failed. If no applied rule could have failed the build,
     * the verdict is {@code NOT_JUDGED}.
     *
     * @param released the released adapter for rules with {@code over: released}; null without such a rule. If there is
     *     definitely no release, these rules are not applied
     * @throws InvalidInputException if a rule needs a metric or a provider that was not measured, or is invalid; the
     *     message has one line for each such rule
     */
    public static GateResult check(List<Rule> rules, Scores scores, @Nullable ReleasedAdapter released) {
        return check(rules, scores, released, null);
    }

    /**
     * The same with rules on drift.
     *
     * @param drift how far the training set is from the released adapter's; null without such a rule
     */
    public static GateResult check(
            List<Rule> rules, Scores scores, @Nullable ReleasedAdapter released, @Nullable MeasuredDrift drift) {
        List<MeasuredRule> findings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> notApplied = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            try {
                if (DriftMetric.is(rules.get(i).metric())) {
                    MeasuredDrift measured = MeasuredDrift.require(drift);
                    Optional<MeasuredRule> finding = measured.finding(rules.get(i));
                    finding.ifPresent(findings::add);
                    if (finding.isEmpty()) {
                        notApplied.add("acceptance[" + i + "], " + rules.get(i).metric() + ", is not applied: "
                                + measured.released().reason());
                    }
                } else if (released == null || released.isApplicable(rules.get(i))) {
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

    /** The verdict on the build from the results of its rules. */
    public static Verdict verdict(List<RuleResult> results) {
        if (results.stream().anyMatch(RuleResult::failsBuild)) {
            return Verdict.FAIL;
        }
        return results.stream().anyMatch(result -> Strictness.canFail(result.rule()))
                ? Verdict.PASS
                : Verdict.NOT_JUDGED;
    }

    /**
     * Rejects scores that do not belong to the model being judged, such as those of an earlier build.
     *
     * @param testDigest SHA-256 of the current test set
     * @param artifactDigest SHA-256 of the trained files of the current packaged adapter
     * @throws InvalidInputException when the scores were measured on another test set or another adapter
     */
    public static void requireCurrent(Scores scores, String testDigest, String artifactDigest) {
        requireSame("artifact", scores.artifactDigest(), artifactDigest);
        requireSame("test set", scores.test().digest(), testDigest);
    }

    /**
     * Rejects scores of only some test questions, or of other questions. The missing ones may be those that were
     * answered wrongly, and if the rest agrees with the recorded metric, no other check would notice.
     *
     * @param test the test questions
     * @throws InvalidInputException if they are not exactly the questions that were answered
     */
    public static void requireComplete(Scores scores, List<Example> test) {
        List<ItemScore> items = scores.test().providers().get(0).items();
        if (items.size() != test.size()) {
            throw new InvalidInputException("The scores cover " + Counted.of(items.size(), "test question")
                    + ", but the test set has " + test.size() + ": the scores are incomplete. Run ft:evaluate again.");
        }
        for (int i = 0; i < test.size(); i++) {
            if (!items.get(i).id().equals(test.get(i).source())
                    || !items.get(i).metadata().equals(test.get(i).metadata())) {
                throw new InvalidInputException(
                        "The scores have the question " + items.get(i).id() + ", but the test set has "
                                + test.get(i).source() + ", or its metadata differs. Run ft:evaluate again.");
            }
        }
    }

    /**
     * Rejects item scores that do not follow from their answers: an edited score must at least fit an answer.
     *
     * @throws InvalidInputException if a score does not follow from its answer
     */
    public static void requireAsAnswered(Scores scores) {
        for (ProviderScores provider : scores.test().providers()) {
            for (ItemScore item : provider.items()) {
                Metrics.contradicted(item).ifPresent(metric -> {
                    throw new InvalidInputException(
                            "The " + metric + " of \"" + provider.provider() + "\" on " + item.id()
                                    + " is recorded as " + item.scores().get(metric)
                                    + ", which does not follow from its answer: the scores are damaged. Run"
                                    + " ft:evaluate again.");
                });
            }
        }
    }

    private static void requireSame(String what, String measured, String current) {
        if (!measured.equals(current)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "The scores were measured on a different %s (sha256 %.12s) than this build's (%.12s). Run"
                            + " ft:evaluate again.",
                    what,
                    measured,
                    current));
        }
    }
}
