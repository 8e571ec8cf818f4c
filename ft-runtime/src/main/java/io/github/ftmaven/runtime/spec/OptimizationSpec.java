package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How a gradient becomes an optimizer step. */
public record OptimizationSpec(
        @Doc("The peak learning rate, reached after the warm-up.") @Bounds(above = 0)
        double learningRate,

        @Doc("AdamW, or Adafactor, which needs almost no optimizer memory and suits method full on small machines.")
        Optimizer optimizer,

        @Doc("How the learning rate decays after the warm-up.")
        Schedule schedule,

        @Doc("The fraction of all steps during which the learning rate rises from 0.") @Bounds(min = 0, below = 1)
        double warmup,

        @Doc("The decoupled weight decay.") @Bounds(min = 0) double weightDecay,

        @Doc("The L2 norm to which larger gradients are clipped; 0 turns clipping off.") @Bounds(min = 0)
        double maxGradientNorm,

        @Doc(
                "The optimizer steps that each replica takes before all replicas are averaged, each with batches of its own and"
                        + " a fresh optimizer. Every step takes batchSize examples for each replica, so an epoch has fewer"
                        + " steps. By default there are no replicas: each step takes one batch.")
        @Bounds(min = 1)
        @Nullable
        Integer localSteps,

        @Doc(
                "How many replicas localSteps trains apart, by default runner.spark.workers. The result depends on this number,"
                        + " but not on how many processes train them.")
        @Bounds(min = 1)
        @Nullable
        Integer replicas) {
    /** How many batches are learnt at the same time. */
    public int batchesPerStep() {
        return localSteps == null || replicas == null ? 1 : replicas;
    }
}
