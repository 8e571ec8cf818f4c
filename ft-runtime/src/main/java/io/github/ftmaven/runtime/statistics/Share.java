package io.github.ftmaven.runtime.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A share of right answers, with exact binomial tests.
 *
 * @param right items answered correctly
 * @param items all items, at least 1
 */
public record Share(int right, int items) implements Evidence {
    /** Throws {@link IllegalArgumentException} when the counts are impossible. */
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

    /** Wilson's interval (JASA 22, 1927), the usual one to show. Its ends may differ slightly from the exact tests. */
    @Override
    public Interval interval(double confidence) {
        return interval(BinomialConfidenceInterval.WILSON_SCORE, confidence);
    }

    /** Clopper and Pearson's interval (Biometrika 26, 1934), whose ends agree with the exact tests. */
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

    /** Never 0: a sample that is all right, or all wrong, does not prove that every item is. */
    @Override
    public double deviation() {
        double share = Math.min(1 - 0.5 / items, Math.max(0.5 / items, estimate()));
        return Math.sqrt(share * (1 - share));
    }
}
