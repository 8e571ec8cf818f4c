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
 * Items grouped by their question. Copies of one question are not independent: counted one by one, they would make any
 * difference significant. So a question is one observation, and its score is the mean of its items' scores, just as
 * repeated samples of an answer are averaged before models are compared (Miller, "Adding Error Bars to Evals",
 * arXiv:2411.00640, section 2). The exact tests then count questions, and copying every item does not change a verdict.
 *
 * @param of the number of each item's question, in the order of their first items
 * @param count how many questions there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Questions(int[] of, int count) {
    /**
     * The questions of some items of a set; if the first item of a question is not among them, the next one takes its
     * place.
     */
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

    /** Whether all items ask different questions. */
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

    /** The mean of each question's scores, for one model or for several models in sequence. */
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
        // The mean of equal scores is exactly that score.
        return IntStream.range(0, sums.length)
                .mapToDouble(q -> least[q] == most[q] ? least[q] : sums[q] / times[q])
                .toArray();
    }

    /**
     * The items that count for a metric of the whole set: only the first item of a question if every model answered its
     * copies alike, otherwise all of them.
     *
     * @param models the items of each model
     * @return indexes of items
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

    /** A metric in which each question counts once; empty if the items lack the data. */
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
