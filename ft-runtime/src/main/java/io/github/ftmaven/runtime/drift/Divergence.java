package io.github.ftmaven.runtime.drift;

/** How far two distributions over the same bins are apart, from their counts. */
final class Divergence {
    /** Added to each count, so that an empty bin has a logarithm. */
    private static final double PSEUDOCOUNT = 0.5;

    private Divergence() {}

    /**
     * The population stability index: {@code sum((q - p) ln(q / p))} over the bins, where {@code p} and {@code q} are
     * the shares of the two sets. It is Jeffreys' divergence, {@code KL(p, q) + KL(q, p)} (Jeffreys, 1946); credit
     * scoring uses it under this name and calls 0.1 a slight and 0.25 a major shift (Siddiqi, <i>Credit Risk
     * Scorecards</i>, 2006).
     *
     * <p>A share is {@code (count + 0.5) / (total + 0.5 bins)}, because an empty bin would make the index infinite.
     */
    static double psi(double[] reference, double[] other) {
        double referenceTotal = sum(reference) + PSEUDOCOUNT * reference.length;
        double otherTotal = sum(other) + PSEUDOCOUNT * other.length;
        double psi = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = (reference[i] + PSEUDOCOUNT) / referenceTotal;
            double q = (other[i] + PSEUDOCOUNT) / otherTotal;
            psi += (q - p) * Math.log(q / p);
        }
        return psi;
    }

    /**
     * The index that two samples of one population have on average: {@code (bins - 1) (1 / n + 1 / m)}, because the
     * index times {@code n m / (n + m)} is then about chi-squared with {@code bins - 1} degrees of freedom (Yurdakul,
     * <i>Statistical Properties of Population Stability Index</i>, 2018).
     */
    static double psiByChance(int bins, double n, double m) {
        return (bins - 1) * (1 / n + 1 / m);
    }

    /**
     * The Jensen-Shannon divergence to base 2, from 0 for equal distributions to 1 for distributions without a common
     * bin: {@code (KL(p, a) + KL(q, a)) / 2} where {@code a = (p + q) / 2} (Lin, <i>Divergence Measures Based on the
     * Shannon Entropy</i>, 1991). No count is smoothed.
     */
    static double jensenShannon(double[] reference, double[] other) {
        double referenceTotal = sum(reference);
        double otherTotal = sum(other);
        double divergence = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = reference[i] / referenceTotal;
            double q = other[i] / otherTotal;
            double mean = (p + q) / 2;
            divergence += term(p, mean) + term(q, mean);
        }
        return Math.min(1, Math.max(0, divergence / 2 / Math.log(2)));
    }

    private static double term(double p, double mean) {
        return p == 0 ? 0 : p * Math.log(p / mean);
    }

    /**
     * The Jensen-Shannon divergence that two samples of one population have on average: about an eighth of the
     * chi-squared distance, so {@code (bins - 1) (1 / n + 1 / m) / (8 ln 2)}, for the bins that are not empty; at most 1.
     */
    static double jensenShannonByChance(int bins, double n, double m) {
        return Math.min(1, (bins - 1) * (1 / n + 1 / m) / (8 * Math.log(2)));
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
