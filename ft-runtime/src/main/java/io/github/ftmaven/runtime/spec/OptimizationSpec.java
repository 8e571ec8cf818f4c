package io.github.ftmaven.runtime.spec;

/** What makes a step of a gradient. */
public record OptimizationSpec(
        @Doc("The highest learning rate, reached after the warm-up.") @Bounds(above = 0)
        double learningRate,

        @Doc("AdamW, or Adafactor, which needs almost no optimizer memory: for method full on little memory.")
        Optimizer optimizer,

        @Doc("How the learning rate falls after the warm-up.")
        Schedule schedule,

        @Doc("The fraction of all steps over which the learning rate rises from 0.") @Bounds(min = 0, below = 1)
        double warmup,

        @Doc("The decoupled weight decay.") @Bounds(min = 0) double weightDecay,

        @Doc("The L2 norm to which larger gradients are scaled down; 0 for never.") @Bounds(min = 0)
        double maxGradientNorm) {}
