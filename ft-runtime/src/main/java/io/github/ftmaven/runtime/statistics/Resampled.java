package io.github.ftmaven.runtime.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Any metric of a set of items, or the difference of a metric between two models on the same items, by resampling.
 *
 * <p>Groups are resampled as a whole, because the items of a group are not independent. Two tests are made; the larger
 * p-value counts:
 *
 * <ul>
 *   <li>the {@linkplain Bca bootstrap}, against any threshold;
 *   <li>for a difference, the paired randomization test (Fisher, 1935; for metrics of whole sets Noreen, 1989) against
 *       0: how often is the difference as large when a coin toss assigns each group's answers to the models? It is
 *       exact for equally good models, however few groups differ; with a handful of differing groups, the bootstrap is
 *       not. Up to {@value #FEW} groups, every assignment is tried.
 * </ul>
 *
 * <p>With right and wrong answers, each in a group of its own, the second test equals {@link McNemar}'s.
 */
public final class Resampled implements Evidence {
    /** Draws for each of the two tests. */
    static final int DRAWS = 9_999;

    private static final long SEED = 20_260_725;
    private static final int FEW = 13;
    private static final double TIE = 1e-12;

    private final int size;
    private final Bca bootstrap;
    private final double[] tossed;

    private Resampled(int size, Bca bootstrap, double[] tossed) {
        this.size = size;
        this.bootstrap = bootstrap;
        this.tossed = tossed;
    }

    /**
     * A metric of one model.
     *
     * @param metric the metric of the items, each as often as the array says; NaN where it is undefined
     * @param groups the group of each item, counted from 0
     */
    public static Resampled metric(ToDoubleFunction<int[]> metric, int[] groups) {
        return metric(metric, groups, DRAWS);
    }

    static Resampled metric(ToDoubleFunction<int[]> metric, int[] groups, int draws) {
        int size = size(groups);
        return new Resampled(size, Bca.of(metric, groups, size, draws, new SplittableRandom(SEED)), new double[0]);
    }

    /**
     * The difference of a metric between two models.
     *
     * @param metric the metric of a pool of answers, each as often as the array says; NaN where it is undefined. The
     *     pool holds the first model's answers to all items, then the second model's in the same order
     * @param groups the group of each item, counted from 0
     */
    public static Resampled difference(ToDoubleFunction<int[]> metric, int[] groups) {
        return difference(metric, groups, DRAWS);
    }

    static Resampled difference(ToDoubleFunction<int[]> metric, int[] groups, int draws) {
        int size = size(groups);
        SplittableRandom random = new SplittableRandom(SEED);
        int items = groups.length;
        int[] first = new int[2 * items];
        int[] second = new int[2 * items];
        ToDoubleFunction<int[]> difference = times -> {
            System.arraycopy(times, 0, first, 0, items);
            System.arraycopy(times, 0, second, items, items);
            return metric.applyAsDouble(first) - metric.applyAsDouble(second);
        };
        Bca bootstrap = Bca.of(difference, groups, size, draws, random);
        return new Resampled(size, bootstrap, tossed(metric, groups, size, draws, random));
    }

    private static int size(int[] groups) {
        return Arrays.stream(groups).max().orElseThrow() + 1;
    }

    /** The differences under exchanged groups, in ascending order. */
    private static double[] tossed(
            ToDoubleFunction<int[]> metric, int[] groups, int size, int draws, SplittableRandom random) {
        int items = groups.length;
        boolean all = size <= FEW;
        double[] tossed = new double[all ? 1 << size : draws];
        boolean[] changed = new boolean[size];
        int[] first = new int[2 * items];
        int[] second = new int[2 * items];
        for (int draw = 0; draw < tossed.length; draw++) {
            long coins = 0;
            for (int group = 0; group < size; group++) {
                if (group % Long.SIZE == 0) {
                    coins = all ? draw : random.nextLong();
                }
                changed[group] = (coins >>> group & 1) == 1;
            }
            for (int i = 0; i < items; i++) {
                int away = changed[groups[i]] ? 1 : 0;
                first[i] = second[items + i] = 1 - away;
                second[i] = first[items + i] = away;
            }
            tossed[draw] = metric.applyAsDouble(first) - metric.applyAsDouble(second);
        }
        Arrays.sort(tossed);
        return tossed;
    }

    /** The bootstrap alone. */
    Bca bootstrap() {
        return bootstrap;
    }

    @Override
    public double estimate() {
        return bootstrap.estimate();
    }

    @Override
    public double pAbove(double threshold) {
        double p = bootstrap.pAbove(threshold);
        return threshold < 0 && tossed.length > 0 ? p : Math.max(p, randomizedAbove());
    }

    @Override
    public double pBelow(double threshold) {
        double p = bootstrap.pBelow(threshold);
        return threshold > 0 && tossed.length > 0 ? p : Math.max(p, randomized(below(estimate() + TIE)));
    }

    /** The randomization test alone. */
    double randomizedAbove() {
        return randomized(tossed.length - below(estimate() - TIE));
    }

    /** The p-value when this many assignments are as extreme; the sample itself is one of all assignments. */
    private double randomized(int extreme) {
        if (tossed.length == 0) {
            return bootstrap.isSilent() ? 1 : 0;
        }
        return size <= FEW ? (double) extreme / tossed.length : (extreme + 1.0) / (tossed.length + 1.0);
    }

    private int below(double value) {
        int found = Arrays.binarySearch(tossed, value);
        return found < 0 ? -found - 1 : found;
    }

    @Override
    public Interval interval(double confidence) {
        return bootstrap.interval(confidence);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public double deviation() {
        return bootstrap.deviation();
    }
}
