package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models' answers to the items of a rule: the items of the set in which its metric was measured, restricted to its
 * slice. Missing answers are an error, and so is a metric that does not follow from its items.
 */
final class RuleItems {
    private static final double ROUNDING = 1e-9;
    private static final String AGAIN = " Run ft:evaluate again.";

    private final Rule rule;
    private final Scores scores;
    private final ScoreSet set;

    private RuleItems(Rule rule, Scores scores, ScoreSet set) {
        this.rule = rule;
        this.scores = scores;
        this.set = set;
    }

    /** The items of a rule. */
    static RuleItems of(Rule rule, Scores scores) {
        ScoreSet set = scores.measuring(rule.metric()).orElseThrow(() -> {
            Set<String> measured = new TreeSet<>();
            scores.providers()
                    .forEach(
                            provider -> measured.addAll(scores.metrics(provider).keySet()));
            return new InvalidInputException("The metric " + rule.metric() + " was not measured."
                    + Suggestion.didYouMean(rule.metric(), measured) + " Measured were " + String.join(", ", measured)
                    + ".");
        });
        return new RuleItems(rule, scores, set);
    }

    /**
     * The models to compare with under {@code best-baseline}: all that answered the test set, which are all that the
     * spec declares, and all with this metric, except the tuned and the released model; at least one.
     */
    List<String> baselines() {
        List<String> baselines = Stream.of(
                        scores.test().providers().stream().map(ProviderScores::provider),
                        set.providers().stream().map(ProviderScores::provider),
                        set.missing().stream().map(ScoreSet.Missing::provider))
                .flatMap(Function.identity())
                .distinct()
                .filter(provider -> !provider.equals(ProviderScores.TUNED))
                .filter(provider -> !provider.equals(ProviderScores.RELEASED))
                .toList();
        if (baselines.isEmpty()) {
            throw new InvalidInputException("No baseline has the metric " + rule.metric()
                    + ", so there is no best one. Name some in evaluation.baselines and run ft:evaluate again.");
        }
        List<String> measured = baselines.stream().filter(this::isMeasured).toList();
        if (measured.size() < baselines.size()) {
            throw notAllMeasured(
                    baselines.stream().filter(each -> !isMeasured(each)).toList(), measured);
        }
        return baselines;
    }

    private boolean isMeasured(String provider) {
        return set.provider(provider)
                .filter(measured -> measured.metrics().containsKey(rule.metric()))
                .isPresent();
    }

    /** The best of the measured baselines may not be the best of all. */
    private InvalidInputException notAllMeasured(List<String> missing, List<String> measured) {
        List<String> ways = new ArrayList<>();
        if (set.name().equals(ScoreSet.SUITE)) {
            ways.add("let the suite ask " + list(missing.stream().map(ProviderScores.SUITE_PREFIX::concat))
                    + " everything that it asks " + ProviderScores.SUITE_PREFIX + ProviderScores.TUNED);
        }
        measured.forEach(each -> ways.add("write over: " + each));
        StringBuilder message = new StringBuilder("The metric " + rule.metric() + " was not measured for "
                + list(missing.stream()) + ", so it is not known which baseline is the best.");
        missing.forEach(each -> set.whyMissing(each, rule.metric())
                .ifPresent(reason -> message.append(" Of ")
                        .append(each)
                        .append(": ")
                        .append(reason)
                        .append('.')));
        if (!ways.isEmpty()) {
            String all = String.join(", or ", ways);
            message.append(' ')
                    .append(Character.toUpperCase(all.charAt(0)))
                    .append(all, 1, all.length())
                    .append('.');
        }
        return new InvalidInputException(message.toString());
    }

    private static String list(Stream<String> names) {
        return names.collect(Collectors.joining(", "));
    }

    /** The answers of a model to the items of the slice; at least one. */
    List<ItemScore> items(String provider) {
        List<ItemScore> items = measured(provider).items().stream()
                .filter(item -> rule.slice().entrySet().stream()
                        .allMatch(
                                value -> value.getValue().equals(item.metadata().get(value.getKey()))))
                .toList();
        if (items.isEmpty()) {
            throw noItems(measured(provider).items());
        }
        return items;
    }

    /** The metric of a model over the slice; each question counts once, however many items ask it. */
    double value(String provider) {
        ProviderScores measured = measured(provider);
        double recorded = measured.metrics().getOrDefault(rule.metric(), Double.NaN);
        double again = again(provider, measured.items());
        // Negated, so that it also rejects NaN.
        if (!(Math.abs(recorded - again) <= ROUNDING * Math.max(1, Math.abs(again)))) {
            throw new InvalidInputException("The " + rule.metric() + " of \"" + provider + "\" is recorded as "
                    + recorded + ", but its items give " + again + ": the scores are damaged." + AGAIN);
        }
        List<ItemScore> items = items(provider);
        if (Copies.questions(items) < items.size()) {
            return finite(provider, Questions.value(rule.metric(), items));
        }
        return rule.slice().isEmpty() ? recorded : again(provider, items);
    }

    private double again(String provider, List<ItemScore> items) {
        return finite(provider, Metrics.of(rule.metric(), items));
    }

    private double finite(String provider, OptionalDouble again) {
        if (again.isEmpty() || !Double.isFinite(again.getAsDouble())) {
            throw new InvalidInputException("The " + rule.metric() + " of \"" + provider
                    + "\" cannot be recomputed from its items: the scores are incomplete." + AGAIN);
        }
        return again.getAsDouble();
    }

    private ProviderScores measured(String provider) {
        set.whyMissing(provider, rule.metric()).ifPresent(reason -> {
            throw new InvalidInputException(
                    "The " + rule.metric() + " of the model \"" + provider + "\" cannot be compared: " + reason + ".");
        });
        if (!scores.providers().contains(provider)) {
            throw new InvalidInputException(
                    "The model \"" + provider + "\" was not evaluated, so its " + rule.metric() + " is unknown."
                            + Suggestion.didYouMean(provider, scores.providers()) + " Run ft:evaluate with it.");
        }
        return set.provider(provider)
                .filter(measured -> isMeasured(provider))
                .orElseThrow(() -> new InvalidInputException("The metric " + rule.metric()
                        + " was not measured for the model \"" + provider + "\"." + AGAIN));
    }

    private InvalidInputException noItems(List<ItemScore> all) {
        for (Map.Entry<String, String> wanted : rule.slice().entrySet()) {
            Set<String> keys = all.stream()
                    .flatMap(item -> item.metadata().keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!keys.contains(wanted.getKey())) {
                String known =
                        keys.isEmpty() ? " No item has metadata." : " Known keys are " + String.join(", ", keys) + ".";
                return new InvalidInputException("No item of the set " + set.name() + " has '" + wanted.getKey()
                        + "' in its metadata." + Suggestion.didYouMean(wanted.getKey(), keys) + known);
            }
            Set<String> values = all.stream()
                    .map(item -> item.metadata().getOrDefault(wanted.getKey(), ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!values.contains(wanted.getValue())) {
                return new InvalidInputException("No item of the set " + set.name() + " has " + wanted.getKey() + ": "
                        + wanted.getValue() + " in its metadata." + Suggestion.didYouMean(wanted.getValue(), values));
            }
        }
        return new InvalidInputException(
                "No item of the set " + set.name() + " has all of " + Sentences.slice(rule) + " in its metadata.");
    }
}
