package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Over;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies acceptance rules to scores.
 *
 * <p>A rule passes only when what it asks for was measured and reaches the bound; {@link Quantity} says how the two are
 * compared. Whatever was not measured is an error, not a failure of the model, and never a pass.
 */
public final class Gate {
    private Gate() {}

    /**
     * Judges the tuned model by every rule, also after one that fails. No rules accept anything.
     *
     * @throws InvalidInputException when a rule asks for a metric or a provider that was not measured, or is not a rule;
     *     the message has one line for each such rule
     */
    public static GateResult check(List<Rule> rules, Scores scores) {
        List<RuleResult> results = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            try {
                results.add(check(rules.get(i), scores));
            } catch (InvalidInputException e) {
                problems.add("acceptance[" + i + "]: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        boolean passed = results.stream().allMatch(result -> result.verdict() == Verdict.PASS);
        return new GateResult(passed ? Verdict.PASS : Verdict.FAIL, results);
    }

    /**
     * Refuses scores of something else than what is being judged, such as those of an earlier build.
     *
     * @param testDigest SHA-256 of the test set as it is now
     * @param artifactDigest SHA-256 of the packaged adapter's content as it is now
     * @throws InvalidInputException when the scores were measured on another test set or another adapter
     */
    public static void requireCurrent(Scores scores, String testDigest, String artifactDigest) {
        requireSame("artifact", scores.artifactDigest(), artifactDigest);
        requireSame("test set", scores.test().digest(), testDigest);
    }

    private static void requireSame(String what, String measured, String current) {
        if (!measured.equals(current)) {
            throw new InvalidInputException(
                    "The scores were measured on another %s (sha256 %.12s) than this build's (%.12s). Run ft:evaluate again."
                            .formatted(what, measured, current));
        }
    }

    private static RuleResult check(Rule rule, Scores scores) {
        String metric = Metrics.name(rule.metric());
        Double minimum = rule.minimum();
        Over over = rule.over();
        Double minimumGain = rule.minimumGain();
        if (minimum != null && over == null && minimumGain == null) {
            return minimum(metric, measured(scores, ProviderScores.TUNED, metric), bound("minimum", minimum, 0));
        }
        if (minimum == null && over != null && minimumGain != null) {
            String reference = switch (over) {
                case BASE -> ProviderScores.BASE;
                case BEST_BASELINE -> best(scores, metric);
                case RELEASED -> ProviderScores.RELEASED;
            };
            return minimumGain(
                    metric,
                    measured(scores, ProviderScores.TUNED, metric),
                    reference,
                    measured(scores, reference, metric),
                    bound("minimumGain", minimumGain, -1));
        }
        throw new InvalidInputException("Give either minimum, or over together with minimumGain.");
    }

    private static RuleResult minimum(String metric, double tuned, BigDecimal bound) {
        BigDecimal value = Quantity.of(tuned);
        boolean passed = Quantity.reaches(value, bound);
        String message = "%s is %s, %s the minimum %s."
                .formatted(
                        metric,
                        Quantity.print(value, bound),
                        passed ? "at least" : "below",
                        Quantity.printBound(bound));
        return result(metric, null, value, bound, passed, message);
    }

    private static RuleResult minimumGain(
            String metric, double tuned, String reference, double other, BigDecimal bound) {
        BigDecimal gain = Quantity.gain(tuned, other);
        boolean passed = Quantity.reaches(gain, bound);
        String message = "%s gains %s over %s (%s to %s), %s the minimum gain %s."
                .formatted(
                        metric,
                        Quantity.print(gain, bound),
                        reference,
                        Quantity.print(Quantity.of(other)),
                        Quantity.print(Quantity.of(tuned)),
                        passed ? "at least" : "below",
                        Quantity.printBound(bound));
        return result(metric, reference, gain, bound, passed, message);
    }

    private static RuleResult result(
            String metric, @Nullable String over, BigDecimal value, BigDecimal bound, boolean passed, String message) {
        Verdict verdict = passed ? Verdict.PASS : Verdict.FAIL;
        return new RuleResult(
                metric, ProviderScores.TUNED, over, value.doubleValue(), bound.doubleValue(), verdict, message);
    }

    private static double measured(Scores scores, String provider, String metric) {
        if (!scores.providers().contains(provider)) {
            throw new InvalidInputException("The model \"" + provider + "\" was not evaluated, so its " + metric
                    + " is unknown. Run ft:evaluate with it.");
        }
        Double value = scores.metrics(provider).get(metric);
        if (value == null) {
            throw new InvalidInputException("The metric " + metric + " was not measured for the model \"" + provider
                    + "\". Add it to evaluation.metrics and run ft:evaluate again.");
        }
        return value;
    }

    /** The baseline that does best by a metric; of equals the first. */
    private static String best(Scores scores, String metric) {
        return scores.providers().stream()
                .filter(provider -> !provider.equals(ProviderScores.TUNED) && !provider.equals(ProviderScores.RELEASED))
                .filter(provider -> scores.metrics(provider).containsKey(metric))
                .max(Comparator.comparingDouble(provider ->
                        Objects.requireNonNull(scores.metrics(provider).get(metric))))
                .orElseThrow(() -> new InvalidInputException("No baseline was evaluated, so there is no best one. Name"
                        + " some in evaluation.baselines and run ft:evaluate again."));
    }

    private static BigDecimal bound(String key, double bound, double least) {
        // Negated, so that NaN, for which every comparison is false, is refused too.
        if (!(bound >= least && bound <= 1)) {
            throw new InvalidInputException(
                    key + " is " + bound + ". Write a number from " + Math.round(least) + " to 1.");
        }
        return Quantity.of(bound);
    }
}
