package io.github.ftmaven.runtime.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The bias-corrected and accelerated bootstrap (Efron, JASA 82, 1987), with quantiles of Student's t in place of
 * normal ones, which small samples need (Hesterberg, The American Statistician 69, 2015, section 3.2).
 */
final class Bca {
    /** The acceleration needs no more jackknife blocks than these. */
    private static final int MOST_BLOCKS = 200;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double estimate;
    private final int size;
    private final double[] replicates;
    private final double bias;
    private final double acceleration;

    private Bca(double estimate, int size, double[] replicates, double acceleration) {
        this.estimate = estimate;
        this.size = size;
        this.replicates = replicates;
        this.acceleration = acceleration;
        this.bias = quantileOf(estimate);
    }

    /**
     * Draws {@code size} groups with replacement, {@code draws} times.
     *
     * @param statistic of the items, each as often as the array says; NaN where it is undefined
     */
    static Bca of(ToDoubleFunction<int[]> statistic, int[] groups, int size, int draws, SplittableRandom random) {
        int[] times = new int[groups.length];
        Arrays.fill(times, 1);
        double estimate = statistic.applyAsDouble(times);
        double[] replicates = new double[draws];
        int[] drawn = new int[size];
        int defined = 0;
        for (int draw = 0; draw < draws; draw++) {
            Arrays.fill(drawn, 0);
            for (int i = 0; i < size; i++) {
                drawn[random.nextInt(size)]++;
            }
            for (int i = 0; i < times.length; i++) {
                times[i] = drawn[groups[i]];
            }
            double replicate = statistic.applyAsDouble(times);
            if (!Double.isNaN(replicate)) {
                replicates[defined++] = replicate;
            }
        }
        replicates = Arrays.copyOf(replicates, defined);
        Arrays.sort(replicates);
        return new Bca(estimate, size, replicates, acceleration(statistic, groups, size));
    }

    /** A sixth of the skewness of the statistic over the jackknife blocks. */
    private static double acceleration(ToDoubleFunction<int[]> statistic, int[] groups, int size) {
        int blocks = Math.min(MOST_BLOCKS, size);
        double[] values = new double[blocks];
        int[] times = new int[groups.length];
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < times.length; i++) {
                times[i] = groups[i] % blocks == block ? 0 : 1;
            }
            values[block] = statistic.applyAsDouble(times);
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            squares += Math.pow(mean - value, 2);
            cubes += Math.pow(mean - value, 3);
        }
        double acceleration = cubes / (6 * Math.pow(squares, 1.5));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    double estimate() {
        return estimate;
    }

    /** See {@link Evidence#pAbove}. */
    double pAbove(double threshold) {
        return isSilent() ? (estimate > threshold ? 0 : 1) : tail(threshold);
    }

    /** See {@link Evidence#pBelow}. */
    double pBelow(double threshold) {
        return isSilent() ? (estimate < threshold ? 0 : 1) : 1 - tail(threshold);
    }

    /** The level at which a one-sided bound from below is the threshold. */
    private double tail(double threshold) {
        double distance = quantileOf(threshold) - bias;
        double bent = 1 + acceleration * distance;
        double z = bent <= 0 ? Math.copySign(Double.MAX_VALUE, distance) : distance / bent - bias;
        return TDistribution.of(size - 1.0).cumulativeProbability(z * Math.sqrt((size - 1.0) / size));
    }

    /** See {@link Evidence#interval}; unbounded if there is only one group. */
    Interval interval(double confidence) {
        if (size < 2 || replicates.length == 0) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double t = TDistribution.of(size - 1.0).inverseCumulativeProbability(confidence);
        double z = t * Math.sqrt(size / (size - 1.0));
        return new Interval(bound(-z), bound(z));
    }

    private double bound(double z) {
        double bent = 1 - acceleration * (bias + z);
        double level = bent <= 0 ? (z < 0 ? 0 : 1) : NORMAL.cumulativeProbability(bias + (bias + z) / bent);
        double at = level * (replicates.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, replicates.length - 1);
        return replicates[low] + (at - low) * (replicates[high] - replicates[low]);
    }

    /** The standard deviation of one group's contribution to the estimate. */
    double deviation() {
        double mean = Arrays.stream(replicates).average().orElse(estimate);
        double squares = Arrays.stream(replicates)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, replicates.length - 1) * size);
    }

    /** Identical replicates say nothing about items outside the sample. */
    boolean isSilent() {
        return size < 2 || replicates.length == 0 || replicates[0] == replicates[replicates.length - 1];
    }

    /** The normal quantile of the share of replicates below a value, counting ties by half; finite. */
    private double quantileOf(double value) {
        int below = 0;
        int equal = 0;
        for (double replicate : replicates) {
            if (Math.abs(replicate - value) < 1e-12) {
                equal++;
            } else if (replicate < value) {
                below++;
            }
        }
        return NORMAL.inverseCumulativeProbability((below + 0.5 * equal + 0.5) / (replicates.length + 1));
    }
}
