package io.github.ftmaven.runtime.statistics;

/**
 * What a sample says about an unknown quantity: a metric of a model, or the difference of two models' metrics.
 *
 * <p>Nothing here draws from a clock or a thread: the same sample gives the same numbers.
 */
public interface Evidence {
    /** The quantity in the sample. */
    double estimate();

    /**
     * How surprising the sample is if the quantity is {@code threshold} or less: the p-value, in [0, 1], of the test
     * that would establish that it is above.
     */
    double pAbove(double threshold);

    /** As {@link #pAbove}, of the test that would establish that the quantity is below. */
    double pBelow(double threshold);

    /**
     * An interval of which each end is a bound by itself: the quantity is below the lower one, and above the upper one,
     * with a probability of {@code 1 - confidence} each. At 0.95 it is what is called the 90 % interval.
     *
     * @param confidence in (0.5, 1)
     */
    Interval interval(double confidence);

    /** How many independent observations there are: items, or groups of items. */
    int size();

    /** The standard deviation of one observation's part in the estimate: the estimate's own is this by {@code sqrt(size)}. */
    double deviation();

    /** The same about the quantity with its sign changed. */
    default Evidence negated() {
        Evidence original = this;
        return new Evidence() {
            @Override
            public double estimate() {
                return -original.estimate();
            }

            @Override
            public double pAbove(double threshold) {
                return original.pBelow(-threshold);
            }

            @Override
            public double pBelow(double threshold) {
                return original.pAbove(-threshold);
            }

            @Override
            public Interval interval(double confidence) {
                return original.interval(confidence).negated();
            }

            @Override
            public int size() {
                return original.size();
            }

            @Override
            public double deviation() {
                return original.deviation();
            }

            @Override
            public Evidence negated() {
                return original;
            }
        };
    }
}
