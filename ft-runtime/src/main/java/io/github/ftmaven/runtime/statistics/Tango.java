package io.github.ftmaven.runtime.statistics;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The score statistic of a difference of paired shares (Tango, Statistics in Medicine 17, 1998): the distance of the
 * observed difference from an assumed one, in standard deviations under the assumed one.
 */
final class Tango {
    private static final int HALVINGS = 60;

    private Tango() {}

    /**
     * The statistic.
     *
     * @param first items that only the first model answers correctly
     * @param second items that only the second model answers correctly
     * @param items all items
     * @param difference the assumed difference, in (-1, 1)
     */
    static double score(int first, int second, int items, double difference) {
        if (difference < 0) {
            return -score(second, first, items, -difference);
        }
        // The most likely probability of an item of the second kind, given the difference: root of a quadratic.
        double b = first + second + (first - second - 2.0 * items) * difference;
        double root = Math.sqrt(b * b + 8.0 * items * second * difference * (1 - difference));
        double only = Math.max(0, (b + root) / (4.0 * items));
        double variance = items * (2 * only + difference * (1 - difference));
        double distance = first - second - items * difference;
        return distance == 0 ? 0 : distance / Math.sqrt(variance);
    }

    /** The differences whose score does not exceed the confidence; see {@link Evidence#interval}. */
    static Interval interval(int first, int second, int items, double confidence) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(confidence);
        double estimate = (double) (first - second) / items;
        double low = crossing(d -> score(first, second, items, d) - z, -1, estimate);
        double high = crossing(d -> score(first, second, items, d) + z, estimate, 1);
        return new Interval(low, high);
    }

    /** The zero of a decreasing function. */
    private static double crossing(DoubleUnaryOperator falling, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (falling.applyAsDouble(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
