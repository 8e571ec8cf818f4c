package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.spec.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result of a rule in words. */
final class Sentences {
    private Sentences() {}

    /** The metric, and the slice if there is one. */
    static String subject(Rule rule) {
        return rule.slice().isEmpty() ? rule.metric() : rule.metric() + " where " + slice(rule);
    }

    static String slice(Rule rule) {
        return rule.slice().entrySet().stream()
                .map(value -> value.getKey() + ": " + value.getValue())
                .collect(Collectors.joining(", "));
    }

    static String minimum(Rule rule, BigDecimal value, BigDecimal bound, boolean reached) {
        return String.format(
                Locale.ROOT,
                "%s is %s, %s the minimum %s.",
                subject(rule),
                Quantity.print(value, bound),
                reached ? "at least" : "below",
                Quantity.printBound(bound));
    }

    static String maximum(Rule rule, BigDecimal value, BigDecimal bound, boolean reached) {
        return String.format(
                Locale.ROOT,
                "%s is %s, %s the maximum %s.",
                subject(rule),
                Quantity.printUp(value, bound),
                reached ? "at most" : "above",
                Quantity.printBound(bound));
    }

    /** A sentence about items that are copies of others; empty if there are none. */
    static String copies(List<ItemScore> items) {
        int questions = Questions.of(items).count();
        return questions == items.size()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %s items ask %s, each of which counts once.",
                        count(items.size()),
                        Counted.of(questions, "question"));
    }

    /** A gain or a drop; {@code bound} is the least gain that passes the rule, below 0 for a tolerated drop. */
    static String change(
            Rule rule, String against, double other, double tuned, BigDecimal gain, BigDecimal bound, boolean reached) {
        boolean drop = gain.signum() < 0;
        String size = drop ? Quantity.printUp(gain.negate(), bound) : Quantity.print(gain, bound);
        String verdict = rule.comparison().minimumGain() != null
                ? (reached ? "at least the minimum gain " : "below the minimum gain ") + Quantity.printBound(bound)
                : (reached ? "within the maximum drop " : "more than the maximum drop ")
                        + Quantity.printBound(bound.negate());
        return String.format(
                Locale.ROOT,
                "%s %s %s %s %s (%s to %s%s), %s.",
                subject(rule),
                drop ? "drops" : "gains",
                size,
                drop ? "from" : "over",
                name(rule, against),
                Quantity.print(Quantity.of(other)),
                Quantity.print(Quantity.of(tuned)),
                Metrics.lowerIsBetter(rule.metric()) ? ", lower is better" : "",
                verdict);
    }

    /** The sentence after an inconclusive finding. */
    static String doubt(
            MeasuredRule finding, double p, double adjusted, double detectable, @Nullable Long needed, boolean fails) {
        String chance = adjusted == p
                ? "p = " + Quantity.probability(p)
                : "p = " + Quantity.probability(p) + ", " + Quantity.probability(adjusted) + " by Holm's correction";
        String more = needed == null
                ? "no number of items would decide: the estimate equals the bound"
                : "about " + Counted.of(needed, "item") + " like these would decide";
        return String.format(
                Locale.ROOT,
                " That may be chance (%s): %s items show a difference of %s from the bound four times in five; %s. The rule %s.",
                chance,
                count(finding.items()),
                Quantity.print(Quantity.of(detectable)),
                more,
                fails ? "fails the build (onInconclusive: fail)" : "warns");
    }

    /** The sentence after a significant drop. */
    static String certainty(double adjusted) {
        return " That is not chance (p = " + Quantity.probability(adjusted) + ").";
    }

    /** The sentence after a drop within the tolerance if a larger drop is as likely. */
    static String notExcluded(double drop) {
        return String.format(
                Locale.ROOT, " A drop of %s cannot be excluded with these items.", Quantity.printUp(Quantity.of(drop)));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String name(Rule rule, String against) {
        return Rule.BEST_BASELINE.equals(rule.comparison().over()) ? "the best baseline " + against : against;
    }
}
