package io.github.ftmaven.runtime.statistics;

/**
 * Two models' answers to the same items, right or wrong; the quantity is the difference of their shares of right
 * answers.
 *
 * <p>Against 0 this is {@link McNemar}'s test. Against a margin m > 0 the p-value is the larger of McNemar's and the
 * {@linkplain PairedMargin exact unconditional} one: a difference not shown to be above 0 is not above m either.
 *
 * @param first items that only the first model answers correctly
 * @param second items that only the second model answers correctly
 * @param items all items, at least 1
 */
public record PairedShares(int first, int second, int items) implements Evidence {
    /** Throws {@link IllegalArgumentException} when the counts are impossible. */
    public PairedShares {
        if (first < 0 || second < 0 || items < 1 || first + second > items) {
            throw new IllegalArgumentException(first + " and " + second + " of " + items);
        }
    }

    @Override
    public double estimate() {
        return (double) (first - second) / items;
    }

    @Override
    public double pAbove(double threshold) {
        if (threshold == 0) {
            return McNemar.test(first, second);
        }
        double margin = PairedMargin.test(first, second, items, threshold);
        return threshold < 0 ? margin : Math.max(margin, McNemar.test(first, second));
    }

    @Override
    public double pBelow(double threshold) {
        return negated().pAbove(-threshold);
    }

    /** By {@link Tango}'s score. */
    @Override
    public Interval interval(double confidence) {
        return Tango.interval(first, second, items, confidence);
    }

    @Override
    public int size() {
        return items;
    }

    /** Never 0: a sample without differing items does not prove that there are none. */
    @Override
    public double deviation() {
        double share = (double) Math.max(1, first + second) / items;
        return Math.sqrt(share - Math.min(share * share, estimate() * estimate()));
    }

    @Override
    public Evidence negated() {
        return new PairedShares(/* first= */ second, /* second= */ first, items);
    }
}
