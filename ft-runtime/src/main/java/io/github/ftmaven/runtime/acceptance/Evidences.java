package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.evaluation.WeightedMetric;
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
 * Chooses how items are evidence: right and wrong answers by counting, anything else, and items that belong together
 * ({@value #GROUP} in their metadata), by drawing again.
 */
final class Evidences {
    /** Metadata: items with the same value are one observation. */
    private static final String GROUP = "group";

    private Evidences() {}

    /** About a model's metric. */
    static Evidence metric(String metric, List<ItemScore> items) {
        int[] groups = groups(items);
        Optional<double[]> means = WeightedMetric.means(metric, items);
        if (means.isPresent() && isRightOrWrong(means.get()) && isApart(groups)) {
            return new Share(ones(means.get(), 0, items.size()), items.size());
        }
        return Resampled.metric(WeightedMetric.of(metric, items), groups);
    }

    /** About how much better the first model is than the second; where lower is better, how much lower. */
    static Evidence gain(String metric, List<ItemScore> first, List<ItemScore> second) {
        int items = first.size();
        int[] groups = groups(first);
        List<ItemScore> pool = new ArrayList<>(first);
        pool.addAll(second);
        Optional<double[]> means = WeightedMetric.means(metric, pool);
        Evidence difference;
        if (means.isPresent() && isRightOrWrong(means.get()) && isApart(groups)) {
            double[] right = means.get();
            int onlyFirst = 0;
            int onlySecond = 0;
            for (int i = 0; i < items; i++) {
                onlyFirst += right[i] > right[items + i] ? 1 : 0;
                onlySecond += right[i] < right[items + i] ? 1 : 0;
            }
            difference = new PairedShares(onlyFirst, onlySecond, items);
        } else {
            difference = Resampled.difference(WeightedMetric.of(metric, pool), groups);
        }
        return Metrics.lowerIsBetter(metric) ? difference.negated() : difference;
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

    /** The number of each item's group, in the order of their first items; an item without one is its own. */
    private static int[] groups(List<ItemScore> items) {
        Map<String, Integer> known = new HashMap<>();
        int[] groups = new int[items.size()];
        int next = 0;
        for (int i = 0; i < groups.length; i++) {
            String group = items.get(i).metadata().get(GROUP);
            Integer earlier = group == null ? null : known.putIfAbsent(group, next);
            groups[i] = earlier == null ? next++ : earlier;
        }
        return groups;
    }
}
