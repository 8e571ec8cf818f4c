package io.github.ftmaven.runtime.spec;

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
        double maxGradientNorm) {}
