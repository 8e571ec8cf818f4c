package io.github.ftmaven.runtime.decoder;

/**
 * A step of the optimizer.
 *
 * @param loss the sum of the losses that were accumulated for it
 * @param norm the L2 norm of all gradients before clipping
 */
public record OptimizerStep(double loss, double norm) {}
