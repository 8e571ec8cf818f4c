package io.github.ftmaven.runtime.statistics;

/**
 * The evidence of a sample about an unknown quantity: a metric of a model, or the difference of a metric between two
 * models.
 *
 * <p>Nothing here depends on a clock or a thread: the same sample gives the same numbers.
 */
public interface Evidence {
    /** The quantity's value in the sample. */
    double estimate();

    /**
     * The p-value, in [0, 1], of the test for "the quantity is above {@code threshold}": how surprising the sample is
     * if the quantity is {@code threshold} or less.
     */
    double pAbove(double threshold);

    /** Like {@link #pAbove}, for "the quantity is below {@code threshold}". */
    double pBelow(double threshold);

    /**
     * An interval whose ends are separate bounds: the quantity lies below the lower end with a probability of {@code 1
     * - confidence}, and above the upper end with the same probability. At 0.95 this is the usual 90 % interval.
     *
     * @param confidence in (0.5, 1)
     */
    Interval interval(double confidence);

    /** The number of independent observations: items, or groups of items. */
    int size();

    /**
     * The standard deviation of one observation's contribution; the estimate's own is this divided by {@code
     * sqrt(size)}.
     */
    double deviation();

    /** The evidence about the negated quantity. */
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
