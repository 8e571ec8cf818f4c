package io.github.ftmaven.runtime.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * The exact unconditional test of a difference of paired shares against any margin (Hsueh, Liu and Chen, Biometrics
 * 57, 2001): the probability, under the margin, of a {@linkplain Tango score} at least as large as the observed one,
 * for the worst-case share of items on which the models differ.
 *
 * <p>That share is searched for within its confidence interval only, which adds {@value #DOUBT} to the p-value (Berger
 * and Boos, JASA 89, 1994).
 */
final class PairedMargin {
    private static final double DOUBT = 1e-4;
    private static final int GRID = 40;
    private static final int REFINEMENTS = 2;

    private final int items;
    private final double margin;
    private final double observed;
    private final int[] needed;

    private PairedMargin(int first, int second, int items, double margin) {
        this.items = items;
        this.margin = margin;
        // Slightly less, so that rounding does not exclude a table with the same score.
        this.observed = Tango.score(first, second, items, margin) - 1e-9;
        this.needed = new int[items + 1];
    }

    /**
     * The p-value of "the first model's share is larger by no more than the margin".
     *
     * @param first items that only the first model answers correctly
     * @param second items that only the second model answers correctly
     * @param items all items
     * @param margin in [-1, 1]
     */
    static double test(int first, int second, int items, double margin) {
        if (margin <= -1) {
            return 0;
        }
        return margin >= 1 ? 1 : new PairedMargin(first, second, items, margin).worst(first + second);
    }

    private double worst(int discordant) {
        Interval shares = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(items, discordant, DOUBT);
        double low = Math.max(shares.getLowerBound(), Math.abs(margin));
        double high = Math.max(low, shares.getUpperBound());
        double worst = 0;
        for (int refinement = 0; refinement <= REFINEMENTS; refinement++) {
            double step = (high - low) / GRID;
            double at = low;
            for (int i = 0; i <= GRID; i++) {
                double tail = tail(low + i * step);
                if (tail > worst) {
                    worst = tail;
                    at = low + i * step;
                }
            }
            double from = low;
            low = Math.max(from, at - step);
            high = Math.min(high, at + step);
        }
        return Math.min(1, worst + DOUBT);
    }

    /** The probability of a score this large if the models differ on the given share of items, by the margin. */
    private double tail(double share) {
        if (share == 0) {
            return observed <= 0 ? 1 : 0;
        }
        BinomialDistribution pairs = BinomialDistribution.of(items, Math.min(1, share));
        double firsts = Math.min(1, Math.max(0, (share + margin) / (2 * share)));
        double tail = 0;
        for (int m = pairs.inverseCumulativeProbability(1e-10); m <= pairs.inverseSurvivalProbability(1e-10); m++) {
            int least = needed(m);
            if (least <= m) {
                tail += pairs.probability(m)
                        * BinomialDistribution.of(m, firsts).survivalProbability(least - 1);
            }
        }
        return tail;
    }

    /**
     * The smallest number of {@code pairs} of the first kind with a score this large; {@code pairs + 1} if none has.
     */
    private int needed(int pairs) {
        if (needed[pairs] == 0) {
            int low = 0;
            int high = pairs + 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Tango.score(middle, pairs - middle, items, margin) >= observed) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            needed[pairs] = low + 1;
        }
        return needed[pairs] - 1;
    }
}
