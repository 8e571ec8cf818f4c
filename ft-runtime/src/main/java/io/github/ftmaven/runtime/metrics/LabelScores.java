package io.github.ftmaven.runtime.metrics;

/**
 * How well one label was recognised.
 *
 * @param label the expected answer, as {@link Metrics#normalize} leaves it
 * @param precision share of the answers with this label that were right, in [0, 1]; 0 if there are none
 * @param recall share of the items expecting this label that were answered with it, in [0, 1]
 * @param f1 harmonic mean of both, in [0, 1]
 * @param support items that expect this label; at least 1
 */
public record LabelScores(String label, double precision, double recall, double f1, int support) {}
