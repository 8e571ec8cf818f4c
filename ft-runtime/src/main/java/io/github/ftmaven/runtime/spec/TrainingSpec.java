package io.github.ftmaven.runtime.spec;

/** How it is trained. */
public record TrainingSpec(
        @Doc("Passes over the training examples; a fraction stops within a pass.") @Bounds(above = 0)
        double epochs,

        @Inline OptimizationSpec optimization,

        @Doc("The examples of one optimizer step.") @Bounds(min = 1)
        int batchSize,

        @Doc("The most tokens computed at once; fewer need less memory and give the same step.") @Bounds(min = 1)
        int microBatchTokens,

        @Doc("Whether the backward pass computes layers again instead of keeping them.")
        GradientCheckpointing gradientCheckpointing,

        @Doc("The seed of every random choice.") @Bounds(min = 0)
        long seed,

        @Inline ValidationSchedule validation,

        @Doc("Optimizer steps between checkpoints.") @Bounds(min = 1)
        int checkpointEvery) {}
