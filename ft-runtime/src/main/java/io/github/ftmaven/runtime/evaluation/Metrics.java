package io.github.ftmaven.runtime.evaluation;

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
 * </ul>
 *
 * <p>Both compare texts as {@link #normalize} leaves them.
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
        double match = normalize(expected).equals(normalize(answer)) ? 1 : 0;
        return new ItemScore(id, expected, answer, Map.of(name(Metric.ACCURACY), match));
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
                case PASS_RATE -> {
                    // A suite's, measured with it.
                }
            }
        }
        return values;
    }

    private static double accuracy(List<ItemScore> items) {
        long matches = items.stream()
                .filter(item -> normalize(item.expected()).equals(normalize(item.answer())))
                .count();
        return (double) matches / items.size();
    }
}
