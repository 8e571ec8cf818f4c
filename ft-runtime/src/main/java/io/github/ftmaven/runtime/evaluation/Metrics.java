package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics.
 *
 * <ul>
 *   <li>{@code accuracy}: the share of exact matches, upper and lower case apart.
 *   <li>{@code macro-f1}: the unweighted mean over the labels of their F1, where the labels are the expected answers of
 *       the test set; scikit-learn's {@code f1_score(labels=sorted(set(y_true)), average="macro", zero_division=0)}.
 *   <li>{@code macro-precision}, {@code macro-recall}, {@code micro-f1}: over the same labels, as scikit-learn.
 *   <li>{@code rouge-1}, {@code rouge-2}, {@code rouge-l}: the mean F measure, as the package rouge-score.
 *   <li>{@code bleu}: of the corpus, as sacreBLEU, from 0 to 1.
 *   <li>{@code json-valid}: the share of answers that are JSON.
 *   <li>{@code json-field-f1}: the mean F1 of an answer's fields against the expected ones.
 * </ul>
 *
 * <p>Labels and matches compare texts as {@link #normalize} leaves them.
 */
public final class Metrics {
    private Metrics() {}

    /** The metric's name in the spec, in scores and in reports, such as {@code macro-f1}. */
    public static String name(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What is compared of an answer: the text without white space around it, in Unicode's composed form (NFC).
     *
     * <p>Composed, since many tokenizers compose what they read: such a model can only answer with the composed form,
     * even if the data spells the same characters decomposed.
     */
    public static String normalize(String answer) {
        return Normalizer.normalize(answer.strip(), Normalizer.Form.NFC);
    }

    /** Scores one answer: {@code accuracy} is 1 when it matches the expected one exactly, otherwise 0. */
    public static ItemScore item(String id, String expected, String answer) {
        return item(List.of(), id, expected, answer);
    }

    /** The same, with the score of every metric that is a mean over answers. */
    public static ItemScore item(List<Metric> metrics, String id, String expected, String answer) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(name(Metric.ACCURACY), normalize(expected).equals(normalize(answer)) ? 1.0 : 0.0);
        for (Metric metric : metrics) {
            switch (metric) {
                case ROUGE_1 -> scores.put(name(metric), GoogleRouge.n(expected, answer, 1));
                case ROUGE_2 -> scores.put(name(metric), GoogleRouge.n(expected, answer, 2));
                case ROUGE_L -> scores.put(name(metric), GoogleRouge.longest(expected, answer));
                case JSON_VALID -> scores.put(name(metric), Js.parse(answer).isPresent() ? 1.0 : 0.0);
                case JSON_FIELD_F1 -> scores.put(name(metric), JsonFields.f1(expected, answer));
                case ACCURACY, MACRO_F1, MACRO_PRECISION, MACRO_RECALL, MICRO_F1, BLEU, PASS_RATE, RETENTION -> {
                    // Exact already, or of all answers together.
                }
            }
        }
        return new ItemScore(id, expected, answer, scores);
    }

    /**
     * Computes each metric over the answers of one provider.
     *
     * @return values in [0, 1] by the metric's {@link #name}, in the order asked for
     * @throws InvalidInputException when there are no items: no value would be true
     */
    public static Map<String, Double> compute(List<Metric> metrics, List<ItemScore> items) {
        if (items.isEmpty()) {
            throw new InvalidInputException("The test set is empty, so nothing can be measured. "
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
                case ROUGE_1, ROUGE_2, ROUGE_L, JSON_VALID, JSON_FIELD_F1 ->
                    values.put(name(metric), mean(metric, items));
                case PASS_RATE, RETENTION -> {
                    // Of a suite, of general text: measured with them.
                }
            }
        }
        return values;
    }

    private static double mean(Metric metric, List<ItemScore> items) {
        return items.stream()
                .mapToDouble(item -> item(List.of(metric), item.id(), item.expected(), item.answer())
                        .scores()
                        .getOrDefault(name(metric), 0.0))
                .average()
                .orElseThrow();
    }

    private static double accuracy(List<ItemScore> items) {
        long matches = items.stream()
                .filter(item -> normalize(item.expected()).equals(normalize(item.answer())))
                .count();
        return (double) matches / items.size();
    }
}
