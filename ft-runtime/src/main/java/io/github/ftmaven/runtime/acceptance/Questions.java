package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.metrics.WeightedMetric;
import io.github.ftmaven.runtime.scores.ItemScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Items by the question they ask. Copies of one question are not independent: counted one by one they would make any
 * difference sure. So a question is one observation, and its score the mean of its items' scores, as answers that are
 * sampled several times are averaged before models are compared (Miller, "Adding Error Bars to Evals",
 * arXiv:2411.00640, section 2). The exact tests then count questions, and copying every item changes no verdict.
 *
 * @param of the number of each item's question, in the order of their first items
 * @param count how many questions there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Questions(int[] of, int count) {
    /** Those of some items of a set; where the first that asks a question is not among them, the next one is. */
    static Questions of(List<ItemScore> items) {
        Map<String, Integer> known = new HashMap<>();
        int[] of = new int[items.size()];
        for (int i = 0; i < of.length; i++) {
            ItemScore item = items.get(i);
            String copyOf = item.copyOf();
            of[i] = known.computeIfAbsent(copyOf == null ? item.id() : copyOf, question -> known.size());
        }
        return new Questions(of, known.size());
    }

    /** Whether each item asks a question of its own. */
    boolean areApart() {
        return count == of.length;
    }

    /** The first item of each question. */
    List<ItemScore> first(List<ItemScore> items) {
        ItemScore[] first = new ItemScore[count];
        for (int i = of.length - 1; i >= 0; i--) {
            first[of[i]] = items.get(i);
        }
        return List.of(first);
    }

    /** The mean of each question's scores, of one or more models one after the other. */
    double[] means(double[] scores) {
        int models = scores.length / of.length;
        double[] least = new double[models * count];
        double[] most = new double[models * count];
        double[] sums = new double[models * count];
        int[] times = new int[models * count];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < scores.length; i++) {
            int question = i / of.length * count + of[i % of.length];
            least[question] = Math.min(least[question], scores[i]);
            most[question] = Math.max(most[question], scores[i]);
            sums[question] += scores[i];
            times[question]++;
        }
        // Of equal scores the mean is that score, to the last bit.
        return IntStream.range(0, sums.length)
                .mapToDouble(q -> least[q] == most[q] ? least[q] : sums[q] / times[q])
                .toArray();
    }

    /**
     * The items that a metric of the whole set is made of: of a question the first alone, where every model answered its
     * copies alike, and else all of them.
     *
     * @param models the items of each model
     * @return places of items
     */
    int[] kept(List<List<ItemScore>> models) {
        int[] first = new int[count];
        boolean[] alike = new boolean[count];
        Arrays.fill(first, -1);
        Arrays.fill(alike, true);
        for (int i = 0; i < of.length; i++) {
            int question = of[i];
            if (first[question] < 0) {
                first[question] = i;
            } else {
                for (List<ItemScore> items : models) {
                    alike[question] &= isAlike(items.get(first[question]), items.get(i));
                }
            }
        }
        return IntStream.range(0, of.length)
                .filter(i -> first[of[i]] == i || !alike[of[i]])
                .toArray();
    }

    private static boolean isAlike(ItemScore one, ItemScore other) {
        return Metrics.normalize(one.expected()).equals(Metrics.normalize(other.expected()))
                && Metrics.normalize(one.answer()).equals(Metrics.normalize(other.answer()))
                && timeless(one).equals(timeless(other));
    }

    private static Map<String, Double> timeless(ItemScore item) {
        Map<String, Double> scores = new HashMap<>(item.scores());
        scores.keySet().removeIf(Metrics::isTime);
        return scores;
    }

    static List<ItemScore> at(int[] places, List<ItemScore> items) {
        List<ItemScore> some = new ArrayList<>();
        for (int place : places) {
            some.add(items.get(place));
        }
        return some;
    }

    /** A metric in which each question counts once; empty if the items do not tell it. */
    static OptionalDouble value(String metric, List<ItemScore> items) {
        Questions questions = of(items);
        if (questions.areApart()) {
            return Metrics.of(metric, items);
        }
        Optional<double[]> scores = WeightedMetric.means(metric, items);
        return scores.isPresent()
                ? Arrays.stream(questions.means(scores.get())).average()
                : Metrics.of(metric, at(questions.kept(List.of(items)), items));
    }
}
