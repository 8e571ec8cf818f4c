package io.github.ftmaven.runtime.statistics;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How much evidence is enough; by the normal approximation, with the deviation seen in the sample. */
public final class Planning {
    /** How often a difference is to be found that is there. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Planning() {}

    /** How far from a threshold the quantity must be for a test at level {@code alpha} to find it {@link #POWER} of the time. */
    public static double detectable(Evidence evidence, double alpha) {
        return quantiles(alpha) * evidence.deviation() / Math.sqrt(evidence.size());
    }

    /**
     * How many observations would establish, {@link #POWER} of the time, that the quantity is on the side of the
     * threshold on which the sample has it.
     *
     * @return empty where the estimate is the threshold: then no number is enough
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
