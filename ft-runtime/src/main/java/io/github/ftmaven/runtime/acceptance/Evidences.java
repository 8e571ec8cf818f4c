package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.metrics.WeightedMetric;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.PairedShares;
import io.github.ftmaven.runtime.statistics.Resampled;
import io.github.ftmaven.runtime.statistics.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the statistical method for a rule's items: exact tests for right and wrong answers, resampling for all other
 * scores and for grouped items ({@value #GROUP} in their metadata). The units are {@link Questions}, not their copies.
 */
final class Evidences {
    /** Metadata: items with the same value are one observation. */
    private static final String GROUP = "group";

    private Evidences() {}

    /** Evidence about a model's metric. */
    static Evidence metric(String metric, List<ItemScore> items) {
        Questions questions = Questions.of(items);
        Optional<double[]> means = WeightedMetric.means(metric, items).map(questions::means);
        if (means.isPresent()) {
            int[] groups = groups(questions.first(items));
            double[] scores = means.get();
            if (isRightOrWrong(scores) && isApart(groups)) {
                return new Share(ones(scores, 0, scores.length), scores.length);
            }
            return Resampled.metric(
                    questions.areApart() ? WeightedMetric.of(metric, items) : WeightedMetric.mean(scores), groups);
        }
        int[] kept = questions.kept(List.of(items));
        List<ItemScore> some = Questions.at(kept, items);
        return Resampled.metric(WeightedMetric.of(metric, some), groups(some));
    }

    /** Evidence about how much better the first model is than the second; where lower is better, how much lower. */
    static Evidence gain(String metric, List<ItemScore> first, List<ItemScore> second) {
        Questions questions = Questions.of(first);
        List<ItemScore> pool = new ArrayList<>(first);
        pool.addAll(second);
        Optional<double[]> means = WeightedMetric.means(metric, pool).map(questions::means);
        Evidence difference;
        if (means.isPresent()) {
            int[] groups = groups(questions.first(first));
            double[] scores = means.get();
            difference = isRightOrWrong(scores) && isApart(groups)
                    ? paired(scores)
                    : Resampled.difference(
                            questions.areApart() ? WeightedMetric.of(metric, pool) : WeightedMetric.mean(scores),
                            groups);
        } else {
            int[] kept = questions.kept(List.of(first, second));
            List<ItemScore> some = Questions.at(kept, first);
            int[] groups = groups(some);
            some.addAll(Questions.at(kept, second));
            difference = Resampled.difference(WeightedMetric.of(metric, some), groups);
        }
        return Metrics.lowerIsBetter(metric) ? difference.negated() : difference;
    }

    /** Right and wrong answers of a first model, then those of a second model to the same questions. */
    private static Evidence paired(double[] right) {
        int questions = right.length / 2;
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < questions; i++) {
            onlyFirst += right[i] > right[questions + i] ? 1 : 0;
            onlySecond += right[i] < right[questions + i] ? 1 : 0;
        }
        return new PairedShares(onlyFirst, onlySecond, questions);
    }

    private static boolean isRightOrWrong(double[] scores) {
        return Arrays.stream(scores).allMatch(score -> score == 0 || score == 1);
    }

    private static boolean isApart(int[] groups) {
        return groups[groups.length - 1] == groups.length - 1;
    }

    private static int ones(double[] scores, int from, int to) {
        return (int) Arrays.stream(scores, from, to).sum();
    }

    /**
     * The number of each item's group, in the order of their first items; an item without a group forms one with its
     * copies.
     */
    private static int[] groups(List<ItemScore> items) {
        Map<String, Integer> known = new HashMap<>();
        int[] groups = new int[items.size()];
        int next = 0;
        for (int i = 0; i < groups.length; i++) {
            ItemScore item = items.get(i);
            String group = item.metadata().get(GROUP);
            String original = item.copyOf() == null ? item.id() : item.copyOf();
            Integer earlier = known.putIfAbsent(group == null ? "question " + original : "group " + group, next);
            groups[i] = earlier == null ? next++ : earlier;
        }
        return groups;
    }
}
