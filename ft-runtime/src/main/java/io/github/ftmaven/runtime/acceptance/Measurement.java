package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.acceptance.MeasuredRule.Estimate;
import io.github.ftmaven.runtime.acceptance.MeasuredRule.Test;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.Interval;
import io.github.ftmaven.runtime.statistics.Share;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures the quantity that a rule limits. */
final class Measurement {
    private Measurement() {}

    static MeasuredRule of(Rule rule, Scores scores) {
        List<Double> bounds = Stream.of(
                        rule.limits().minimum(),
                        rule.limits().maximum(),
                        rule.comparison().minimumGain(),
                        rule.comparison().maximumDrop())
                .filter(Objects::nonNull)
                .toList();
        boolean change =
                rule.comparison().minimumGain() != null || rule.comparison().maximumDrop() != null;
        if (bounds.size() != 1 || change != (rule.comparison().over() != null)) {
            throw new InvalidInputException(
                    "Set either minimum or maximum, or set over together with minimumGain or maximumDrop.");
        }
        // Negated, so that it also rejects NaN, for which every comparison is false.
        if (!Double.isFinite(bounds.get(0)) || (change && !(bounds.get(0) >= 0))) {
            throw new InvalidInputException(
                    "The bound is " + bounds.get(0) + ". Write a finite number" + (change ? " of at least 0." : "."));
        }
        if (!(rule.requiredConfidence() > 0.5 && rule.requiredConfidence() < 1)) {
            throw new InvalidInputException(
                    "confidence is " + rule.requiredConfidence() + ". Write a number above 0.5 and below 1.");
        }
        String over = rule.comparison().over();
        RuleItems answers = RuleItems.of(rule, scores);
        return over == null ? alone(rule, answers) : beside(rule, over, answers);
    }

    private static MeasuredRule alone(Rule rule, RuleItems answers) {
        BigDecimal value = Quantity.of(answers.value(ProviderScores.TUNED));
        List<ItemScore> items = answers.items(ProviderScores.TUNED);
        Evidence evidence = Evidences.metric(rule.metric(), items);
        Double minimum = rule.limits().minimum();
        boolean least = minimum != null;
        BigDecimal bound = Quantity.of(
                Objects.requireNonNull(least ? minimum : rule.limits().maximum()));
        boolean reached = least ? Quantity.reaches(value, bound) : Quantity.reaches(bound, value);
        Double p = !rule.tested()
                ? null
                : least ? evidence.pAbove(bound.doubleValue()) : evidence.pBelow(bound.doubleValue());
        Interval interval = rule.tested() && evidence instanceof Share share
                ? share.exactInterval(rule.requiredConfidence())
                : evidence.interval(rule.requiredConfidence());
        String sentence =
                least ? Sentences.minimum(rule, value, bound, reached) : Sentences.maximum(rule, value, bound, reached);
        return new MeasuredRule(
                rule,
                null,
                items.size(),
                new Estimate(value, bound, reached, finite(interval)),
                new Test(evidence, p),
                sentence + Sentences.copies(items));
    }

    private static MeasuredRule beside(Rule rule, String over, RuleItems answers) {
        boolean best = over.equals(Rule.BEST_BASELINE);
        List<String> others = best ? answers.baselines() : List.of(over);
        double tuned = answers.value(ProviderScores.TUNED);
        List<ItemScore> items = answers.items(ProviderScores.TUNED);
        BigDecimal bound = changeBound(rule);

        String against = others.get(0);
        BigDecimal gain = gain(rule, tuned, answers.value(against));
        List<Evidence> evidences = new ArrayList<>();
        int strongest = 0;
        for (int i = 0; i < others.size(); i++) {
            BigDecimal each = gain(rule, tuned, answers.value(others.get(i)));
            if (each.compareTo(gain) < 0) {
                against = others.get(i);
                gain = each;
                strongest = i;
            }
            evidences.add(Evidences.gain(rule.metric(), items, answers.items(others.get(i))));
        }
        boolean reached = Quantity.reaches(gain, bound);
        Test test = rule.comparison().minimumGain() != null ? gained(evidences, bound) : dropped(evidences, bound);
        return new MeasuredRule(
                rule,
                against,
                items.size(),
                new Estimate(
                        gain, bound, reached, finite(evidences.get(strongest).interval(rule.requiredConfidence()))),
                test,
                Sentences.change(rule, against, answers.value(against), tuned, gain, bound, reached)
                        + Sentences.copies(items));
    }

    /** A gain over the best baseline is a gain over each of them, so the largest p-value counts (Berger, 1982). */
    private static Test gained(List<Evidence> evidences, BigDecimal bound) {
        Evidence weakest = evidences.get(0);
        double largest = 0;
        for (Evidence evidence : evidences) {
            double p = evidence.pAbove(bound.doubleValue());
            if (p >= largest) {
                weakest = evidence;
                largest = p;
            }
        }
        return new Test(weakest, largest);
    }

    /**
     * A drop from the best baseline is a drop from any of them: the smallest p-value counts, with Bonferroni's
     * correction.
     */
    private static Test dropped(List<Evidence> evidences, BigDecimal bound) {
        Evidence strongest = evidences.get(0);
        double smallest = 1;
        for (Evidence evidence : evidences) {
            double p = Math.min(1, evidences.size() * evidence.pBelow(bound.doubleValue()));
            if (p < smallest) {
                strongest = evidence;
                smallest = p;
            }
        }
        return new Test(strongest, smallest);
    }

    /** The least gain that passes. */
    private static BigDecimal changeBound(Rule rule) {
        Double gain = rule.comparison().minimumGain();
        return gain != null
                ? Quantity.of(gain)
                : Quantity.of(Objects.requireNonNull(rule.comparison().maximumDrop()))
                        .negate();
    }

    private static BigDecimal gain(Rule rule, double tuned, double other) {
        return Metrics.lowerIsBetter(rule.metric()) ? Quantity.gain(other, tuned) : Quantity.gain(tuned, other);
    }

    private static @Nullable Interval finite(Interval interval) {
        return Double.isFinite(interval.low()) && Double.isFinite(interval.high()) ? interval : null;
    }
}
