package io.github.ftmaven.runtime.statistics;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Estimates how much evidence is enough, by the normal approximation with the sample's deviation. */
public final class Planning {
    /** The power: how often a test should find an existing difference. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Planning() {}

    /** The distance from a threshold that a test at level {@code alpha} detects {@link #POWER} of the time. */
    public static double detectable(Evidence evidence, double alpha) {
        return quantiles(alpha) * evidence.deviation() / Math.sqrt(evidence.size());
    }

    /**
     * The number of observations that would show, {@link #POWER} of the time, that the quantity is on the same side of
     * the threshold as in the sample.
     *
     * @return empty where the estimate equals the threshold: then no number is enough
     */
    public static OptionalLong needed(Evidence evidence, double threshold, double alpha) {
        double distance = evidence.estimate() - threshold;
        if (Math.abs(distance) < 1e-9) {
            return OptionalLong.empty();
        }
        double root = quantiles(alpha) * evidence.deviation() / distance;
        return OptionalLong.of((long) Math.ceil(Math.max(evidence.size() + 1.0, root * root)));
    }

    private static double quantiles(double alpha) {
        return NORMAL.inverseSurvivalProbability(alpha) + NORMAL.inverseCumulativeProbability(POWER);
    }
}
