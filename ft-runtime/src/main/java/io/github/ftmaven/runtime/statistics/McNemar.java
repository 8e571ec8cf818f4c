package io.github.ftmaven.runtime.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact one-sided test: of the items that only one of two models answers correctly, is the first model's
 * share larger than a half? (McNemar, Psychometrika 12, 1947.)
 */
public final class McNemar {
    private McNemar() {}

    /**
     * The p-value of "the first model is not better".
     *
     * @param first items that only the first model answers correctly
     * @param second items that only the second model answers correctly
     */
    public static double test(int first, int second) {
        return first == 0 ? 1 : half(first + second).survivalProbability(first - 1);
    }

    /**
     * The test's power at level {@code alpha} with {@code items} items, where each is answered correctly by only the
     * first, or only the second, model with the given probabilities.
     */
    public static double power(int items, double first, double second, double alpha) {
        double discordant = first + second;
        if (discordant == 0) {
            return 0;
        }
        BinomialDistribution pairs = BinomialDistribution.of(items, discordant);
        double power = 0;
        for (int m = pairs.inverseCumulativeProbability(1e-12); m <= pairs.inverseSurvivalProbability(1e-12); m++) {
            if (m > 0) {
                int needed = needed(m, alpha);
                power += pairs.probability(m)
                        * BinomialDistribution.of(m, first / discordant).survivalProbability(needed - 1);
            }
        }
        return power;
    }

    /** The smallest number of {@code pairs} that makes the test significant; {@code pairs + 1} if none does. */
    private static int needed(int pairs, double alpha) {
        BinomialDistribution half = half(pairs);
        int needed = Math.max(0, half.inverseSurvivalProbability(alpha) - 1);
        while (needed <= pairs && half.survivalProbability(needed - 1) > alpha) {
            needed++;
        }
        return needed;
    }

    private static BinomialDistribution half(int pairs) {
        return BinomialDistribution.of(pairs, 0.5);
    }
}
