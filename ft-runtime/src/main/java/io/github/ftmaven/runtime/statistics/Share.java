package io.github.ftmaven.runtime.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A share of right answers, by the binomial distribution: the tests are exact.
 *
 * @param right items answered rightly
 * @param items all items, at least 1
 */
public record Share(int right, int items) implements Evidence {
    /** Throws {@link IllegalArgumentException} when the counts are not those of any items. */
    public Share {
        if (right < 0 || items < 1 || right > items) {
            throw new IllegalArgumentException(right + " of " + items);
        }
    }

    @Override
    public double estimate() {
        return (double) right / items;
    }

    @Override
    public double pAbove(double threshold) {
        return threshold < 0
                ? 0
                : threshold > 1 ? 1 : BinomialDistribution.of(items, threshold).survivalProbability(right - 1);
    }

    @Override
    public double pBelow(double threshold) {
        return threshold > 1
                ? 0
                : threshold < 0 ? 1 : BinomialDistribution.of(items, threshold).cumulativeProbability(right);
    }

    /** Wilson's (JASA 22, 1927): the usual one to show. Its ends may differ by a little from the exact tests. */
    @Override
    public Interval interval(double confidence) {
        return interval(BinomialConfidenceInterval.WILSON_SCORE, confidence);
    }

    /** Clopper and Pearson's (Biometrika 26, 1934), whose ends are exactly where the tests turn. */
    public Interval exactInterval(double confidence) {
        return interval(BinomialConfidenceInterval.CLOPPER_PEARSON, confidence);
    }

    private Interval interval(BinomialConfidenceInterval method, double confidence) {
        var interval = method.fromErrorRate(items, right, 2 * (1 - confidence));
        return new Interval(interval.getLowerBound(), interval.getUpperBound());
    }

    @Override
    public int size() {
        return items;
    }

    /** Never 0: that all items are right, or none, does not mean that all others are. */
    @Override
    public double deviation() {
        double share = Math.min(1 - 0.5 / items, Math.max(0.5 / items, estimate()));
        return Math.sqrt(share * (1 - share));
    }
}
