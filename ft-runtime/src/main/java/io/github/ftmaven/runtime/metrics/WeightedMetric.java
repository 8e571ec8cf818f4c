package io.github.ftmaven.runtime.metrics;

import io.github.ftmaven.runtime.lmeval.SacreBleu;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.spec.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A metric of weighted answers: the same value as {@link Metrics#of} for a list that repeats each answer by its weight,
 * but fast enough for thousands of evaluations per second.
 */
public final class WeightedMetric {
    private static final Set<Metric> OF_LABELS =
            EnumSet.of(Metric.MACRO_F1, Metric.MACRO_PRECISION, Metric.MACRO_RECALL, Metric.MICRO_F1);

    private static final Set<Metric> OF_THE_WHOLE = EnumSet.of(Metric.BLEU, Metric.PERPLEXITY, Metric.RETENTION);

    private WeightedMetric() {}

    private static SacreBleu bleu(ItemScore item) {
        SacreBleu bleu = new SacreBleu();
        bleu.add(item.expected(), item.answer());
        return bleu;
    }

    /**
     * Prepares a metric.
     *
     * @param metric its name, as in {@link Metrics#of}
     * @return a function from the items' weights to the metric's value; NaN if it is undefined
     */
    public static ToDoubleFunction<int[]> of(String metric, List<ItemScore> items) {
        Optional<Metric> own = Metrics.metric(metric);
        if (own.isPresent() && OF_LABELS.contains(own.get())) {
            LabelCounts counts = new LabelCounts(own.get(), items);
            return counts::value;
        } else if (own.filter(Metric.BLEU::equals).isPresent()) {
            List<SacreBleu> each = items.stream().map(WeightedMetric::bleu).toList();
            return times -> {
                SacreBleu sum = new SacreBleu();
                for (int i = 0; i < times.length; i++) {
                    sum.add(each.get(i), times[i]);
                }
                return sum.score();
            };
        }
        if (own.filter(metrics -> metrics == Metric.PERPLEXITY || metrics == Metric.RETENTION)
                .isPresent()) {
            return ratio(own.get(), items);
        }
        double[] values = items.stream()
                .mapToDouble(item -> Metrics.of(metric, List.of(item)).orElse(Double.NaN))
                .toArray();
        return own.isPresent() || isMean(metric, items, values)
                ? times -> mean(values, times)
                : times -> again(metric, items, times);
    }

    private static ToDoubleFunction<int[]> ratio(Metric metric, List<ItemScore> items) {
        double[] tokens = scores(Metrics.TOKENS, items);
        double[] loss = scores(Metrics.LOSS, items);
        double[] base = scores(Metrics.BASE_LOSS, items);
        return times -> {
            double tokenSum = 0;
            double lossSum = 0;
            double baseSum = 0;
            for (int i = 0; i < times.length; i++) {
                if (times[i] != 0) {
                    tokenSum += times[i] * tokens[i];
                    lossSum += times[i] * loss[i];
                    baseSum += times[i] * base[i];
                }
            }
            return metric == Metric.PERPLEXITY
                    ? Math.exp(lossSum / tokenSum)
                    : Math.min(1, Math.exp((baseSum - lossSum) / tokenSum));
        };
    }

    private static double[] scores(String name, List<ItemScore> items) {
        return items.stream()
                .mapToDouble(item -> item.scores().getOrDefault(name, Double.NaN))
                .toArray();
    }

    /** The value of each item if the metric is their mean; empty if it is not, or an item has no value. */
    public static Optional<double[]> means(String metric, List<ItemScore> items) {
        Optional<Metric> own = Metrics.metric(metric);
        if (own.filter(known -> OF_LABELS.contains(known) || OF_THE_WHOLE.contains(known))
                .isPresent()) {
            return Optional.empty();
        }
        double[] values = new double[items.size()];
        for (int i = 0; i < values.length; i++) {
            OptionalDouble value = Metrics.of(metric, List.of(items.get(i)));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.getAsDouble();
        }
        return own.isPresent() || isMean(metric, items, values) ? Optional.of(values) : Optional.empty();
    }

    /**
     * Whether a metric is the mean of its values for single items. A task's metric can be anything, so this tries it
     * out.
     */
    private static boolean isMean(String metric, List<ItemScore> items, double[] values) {
        int[] once = new int[values.length];
        int[] rising = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            once[i] = 1;
            rising[i] = 1 + i % 3;
        }
        return agree(mean(values, once), again(metric, items, once))
                && agree(mean(values, rising), again(metric, items, rising));
    }

    private static boolean agree(double a, double b) {
        return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
    }

    /** The weighted mean of scores. */
    public static ToDoubleFunction<int[]> mean(double[] scores) {
        return times -> mean(scores, times);
    }

    private static double mean(double[] values, int[] times) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length; i++) {
            if (times[i] != 0 && !Double.isNaN(values[i])) {
                sum += times[i] * values[i];
                count += times[i];
            }
        }
        return sum / count;
    }

    private static double again(String metric, List<ItemScore> items, int[] times) {
        List<ItemScore> list = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            for (int time = 0; time < times[i]; time++) {
                list.add(items.get(i));
            }
        }
        return Metrics.of(metric, list).orElse(Double.NaN);
    }

    /** Precision, recall and F1 as in {@link LabelReport}, by counting alone. */
    private static final class LabelCounts {
        private final Metric metric;
        private final int[] expected;
        private final int[] answered;
        private final int[] support;
        private final int[] given;
        private final int[] right;

        LabelCounts(Metric metric, List<ItemScore> items) {
            this.metric = metric;
            Map<String, Integer> ids = new HashMap<>();
            this.expected = ids(ids, items.stream().map(ItemScore::expected).toList());
            this.answered = ids(ids, items.stream().map(ItemScore::answer).toList());
            this.support = new int[ids.size()];
            this.given = new int[ids.size()];
            this.right = new int[ids.size()];
        }

        private static int[] ids(Map<String, Integer> ids, List<String> texts) {
            return texts.stream()
                    .mapToInt(text -> ids.computeIfAbsent(Metrics.normalize(text), t -> ids.size()))
                    .toArray();
        }

        double value(int[] times) {
            Arrays.fill(support, 0);
            Arrays.fill(given, 0);
            Arrays.fill(right, 0);
            for (int i = 0; i < times.length; i++) {
                support[expected[i]] += times[i];
                given[answered[i]] += times[i];
                right[expected[i]] += expected[i] == answered[i] ? times[i] : 0;
            }
            int labels = 0;
            double sum = 0;
            long allRight = 0;
            long all = 0;
            for (int label = 0; label < support.length; label++) {
                if (support[label] > 0) {
                    labels++;
                    sum += of(label);
                    allRight += right[label];
                    all += (long) support[label] + given[label];
                }
            }
            return metric == Metric.MICRO_F1 ? 2.0 * allRight / all : sum / labels;
        }

        private double of(int label) {
            return switch (metric) {
                case MACRO_PRECISION -> given[label] == 0 ? 0 : (double) right[label] / given[label];
                case MACRO_RECALL -> (double) right[label] / support[label];
                default -> 2.0 * right[label] / (given[label] + support[label]);
            };
        }
    }
}
