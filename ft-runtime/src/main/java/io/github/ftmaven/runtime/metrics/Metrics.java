package io.github.ftmaven.runtime.metrics;

import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.SacreBleu;
import io.github.ftmaven.runtime.lmeval.TaskScores;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.Metric;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The metrics.
 *
 * <ul>
 *   <li>{@code accuracy}: the share of exact matches; case matters.
 *   <li>{@code macro-f1}: the unweighted mean over the labels of their F1, where the labels are the expected answers of
 *       the test set; scikit-learn's {@code f1_score(labels=sorted(set(y_true)), average="macro", zero_division=0)}.
 *   <li>{@code macro-precision}, {@code macro-recall}, {@code micro-f1}: over the same labels, as in scikit-learn.
 *   <li>{@code rouge-1}, {@code rouge-2}, {@code rouge-l}: the mean F measure, as in the package rouge-score.
 *   <li>{@code bleu}: the corpus score, as in sacreBLEU, from 0 to 1.
 *   <li>{@code json-valid}: the share of answers that are JSON, and match the schema if there is one.
 *   <li>{@code json-field-f1}: the mean F1 of an answer's fields against the expected ones.
 *   <li>{@code perplexity}: of the expected answers, end token included: {@code exp(loss / tokens)} over all of them.
 *   <li>{@code answer-tokens}: the mean length of an answer.
 *   <li>{@code latency}: the mean of the seconds an answer took, a batch's time shared among its answers.
 * </ul>
 *
 * <p>Labels and matches compare texts after {@link #normalize}.
 */
public final class Metrics {
    /** U+0300, combining grave accent. */
    private static final char FIRST_COMBINING = '\u0300';

    private Metrics() {}

    /** The metric's name in the spec, in scores and in reports, such as {@code macro-f1}. */
    public static String name(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The part of an answer that is compared: the text without white space around it, in Unicode's composed form (NFC).
     *
     * <p>Many tokenizers compose their input. Their models can only answer with the composed form, even if the data
     * spells the same characters decomposed.
     */
    public static String normalize(String answer) {
        String stripped = answer.strip();
        return hasNothingToCompose(stripped) ? stripped : Normalizer.normalize(stripped, Normalizer.Form.NFC);
    }

    /** Characters before the first combining one are composed. Most answers then need none of Unicode's tables. */
    private static boolean hasNothingToCompose(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return false;
            }
        }
        return true;
    }

    /** Item score: the sum of the cross-entropies, in nats, of a text's {@link #TOKENS}. */
    public static final String LOSS = "loss";

    /** Item score: the number of tokens in {@link #LOSS}. */
    public static final String TOKENS = "tokens";

    /** Item score: the {@link #LOSS} of the base model, for the metric {@code retention}. */
    public static final String BASE_LOSS = "base-loss";

    private static final Set<Metric> LOWER_IS_BETTER =
            EnumSet.of(Metric.PERPLEXITY, Metric.ANSWER_TOKENS, Metric.LATENCY);

    /** Metrics that follow from an answer and the expected one. */
    private static final Set<Metric> OF_TEXT = EnumSet.of(
            Metric.ACCURACY, Metric.ROUGE_1, Metric.ROUGE_2, Metric.ROUGE_L, Metric.JSON_VALID, Metric.JSON_FIELD_F1);

    private static final double ROUNDING = 1e-9;

    private static final Set<Metric> OF_TOKENS = EnumSet.of(Metric.PERPLEXITY, Metric.ANSWER_TOKENS, Metric.RETENTION);

    /** Whether lower values of a metric are better. */
    public static boolean lowerIsBetter(String metric) {
        return metric(metric).filter(LOWER_IS_BETTER::contains).isPresent()
                || (!isOfSuite(metric) && TaskScores.lowerIsBetter(metric));
    }

    /** A suite can choose any names for its scores, even the name of a task's metric. */
    private static boolean isOfSuite(String metric) {
        return metric.startsWith(ScoreSet.SUITE + "/");
    }

    /** Whether a metric depends on the clock, so that it differs between runs. */
    public static boolean isTime(String metric) {
        return metric.equals(name(Metric.LATENCY));
    }

    /** Whether a metric counts tokens, so that it can only be compared between models with the same tokenizer. */
    public static boolean isOfTokens(String metric) {
        return metric(metric).filter(OF_TOKENS::contains).isPresent();
    }

    /** The metric of the spec with this name; empty for metrics of suites and tasks. */
    public static Optional<Metric> metric(String name) {
        return Arrays.stream(Metric.values())
                .filter(metric -> name(metric).equals(name))
                .findFirst();
    }

    /**
     * Recomputes any metric over all or some items of its set: every metric depends only on its items.
     *
     * @param metric the metric's name, as in {@link io.github.ftmaven.runtime.scores.ProviderScores#metrics}
     * @return empty if the items lack the data
     */
    public static OptionalDouble of(String metric, List<ItemScore> items) {
        Optional<Metric> own = metric(metric).filter(known -> known != Metric.PASS_RATE);
        if (own.isPresent() && !items.isEmpty()) {
            Double value = compute(List.of(own.get()), items).get(metric);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
        OptionalDouble ofTask = isOfSuite(metric)
                ? OptionalDouble.empty()
                : TaskScores.of(metric, items.stream().map(ItemScore::scores).toList());
        if (ofTask.isPresent()) {
            return ofTask;
        }
        return items.stream()
                .filter(item -> item.scores().containsKey(metric))
                .mapToDouble(item -> item.scores().getOrDefault(metric, 0.0))
                .average();
    }

    /** Scores one answer: {@code accuracy} is 1 when it matches the expected one exactly, otherwise 0. */
    public static ItemScore item(String id, String expected, String answer) {
        return item(List.of(), id, expected, answer);
    }

    /** The same with the score of every metric that is a mean over answers. */
    public static ItemScore item(List<Metric> metrics, String id, String expected, String answer) {
        return item(metrics, id, expected, answer, Map.of(), Map.of());
    }

    /** The same with measurements of the answer and the metadata of the question. */
    public static ItemScore item(
            List<Metric> metrics,
            String id,
            String expected,
            String answer,
            Map<String, Double> measured,
            Map<String, String> metadata) {
        Map<String, Double> scores = new LinkedHashMap<>(measured);
        scores.put(name(Metric.ACCURACY), normalize(expected).equals(normalize(answer)) ? 1.0 : 0.0);
        for (Metric metric : metrics) {
            textScore(metric, expected, answer).ifPresent(score -> scores.putIfAbsent(name(metric), score));
        }
        return new ItemScore(id, expected, answer, scores, metadata);
    }

    /**
     * A metric whose recorded score for an answer to a test question does not follow from the answer. For a JSON Schema
     * this only checks that an accepted answer is JSON.
     */
    public static Optional<String> contradicted(ItemScore item) {
        for (Metric metric : OF_TEXT) {
            Double recorded = item.scores().get(name(metric));
            if (recorded == null) {
                continue;
            }
            double given = metric == Metric.ACCURACY
                    ? normalize(item.expected()).equals(normalize(item.answer())) ? 1 : 0
                    : textScore(metric, item.expected(), item.answer()).orElseThrow();
            boolean agrees = metric == Metric.JSON_VALID
                    ? recorded <= given && recorded >= 0
                    : Math.abs(recorded - given) <= ROUNDING;
            if (!agrees) {
                return Optional.of(name(metric));
            }
        }
        return Optional.empty();
    }

    /** The value of one answer in a metric that is a mean over answers; empty for any other metric. */
    private static OptionalDouble textScore(Metric metric, String expected, String answer) {
        return switch (metric) {
            case ROUGE_1 -> OptionalDouble.of(GoogleRouge.n(expected, answer, 1));
            case ROUGE_2 -> OptionalDouble.of(GoogleRouge.n(expected, answer, 2));
            case ROUGE_L -> OptionalDouble.of(GoogleRouge.longest(expected, answer));
            case JSON_VALID -> OptionalDouble.of(Js.isJson(answer) ? 1 : 0);
            case JSON_FIELD_F1 -> OptionalDouble.of(JsonFields.f1(expected, answer));
            default -> OptionalDouble.empty();
        };
    }

    /**
     * Computes each metric over the answers of one provider.
     *
     * @return values by the metric's {@link #name}, in the requested order, without metrics for which the items lack
     *     the data
     * @throws InvalidInputException if there are no items
     */
    public static Map<String, Double> compute(List<Metric> metrics, List<ItemScore> items) {
        if (items.isEmpty()) {
            throw new InvalidInputException("The test set is empty, so no metric can be computed. "
                    + "Name a file with at least one example under dataset.test.");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            switch (metric) {
                case ACCURACY -> values.put(name(metric), accuracy(items));
                case MACRO_F1 -> values.put(name(metric), LabelReport.of(items).macroF1());
                case MACRO_PRECISION ->
                    values.put(name(metric), LabelReport.of(items).macroPrecision());
                case MACRO_RECALL ->
                    values.put(name(metric), LabelReport.of(items).macroRecall());
                case MICRO_F1 -> values.put(name(metric), LabelReport.of(items).microF1());
                case BLEU -> {
                    SacreBleu bleu = new SacreBleu();
                    items.forEach(item -> bleu.add(item.expected(), item.answer()));
                    values.put(name(metric), bleu.score());
                }
                case ROUGE_1, ROUGE_2, ROUGE_L, JSON_VALID, JSON_FIELD_F1, ANSWER_TOKENS, LATENCY ->
                    mean(metric, items).ifPresent(mean -> values.put(name(metric), mean));
                case PERPLEXITY -> ratio(items, LOSS).ifPresent(loss -> values.put(name(metric), Math.exp(loss)));
                case RETENTION ->
                    ratio(items, BASE_LOSS)
                            .ifPresent(base -> ratio(items, LOSS)
                                    .ifPresent(loss -> values.put(name(metric), Math.min(1, Math.exp(base - loss)))));
                case PASS_RATE -> {
                    // Suites measure these themselves.
                }
            }
        }
        return values;
    }

    private static OptionalDouble mean(Metric metric, List<ItemScore> items) {
        double sum = 0;
        for (ItemScore item : items) {
            Double score = item.scores().get(name(metric));
            OptionalDouble value =
                    score != null ? OptionalDouble.of(score) : textScore(metric, item.expected(), item.answer());
            if (value.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += value.getAsDouble();
        }
        return OptionalDouble.of(sum / items.size());
    }

    /** A sum over the items, divided by their tokens. */
    private static OptionalDouble ratio(List<ItemScore> items, String score) {
        double sum = 0;
        double tokens = 0;
        for (ItemScore item : items) {
            Double value = item.scores().get(score);
            Double count = item.scores().get(TOKENS);
            if (value == null || count == null) {
                return OptionalDouble.empty();
            }
            sum += value;
            tokens += count;
        }
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens);
    }

    private static double accuracy(List<ItemScore> items) {
        long matches = items.stream()
                .filter(item -> normalize(item.expected()).equals(normalize(item.answer())))
                .count();
        return (double) matches / items.size();
    }
}
