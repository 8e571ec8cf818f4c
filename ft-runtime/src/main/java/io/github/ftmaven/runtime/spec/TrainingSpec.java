package io.github.ftmaven.runtime.spec;

/** How it is trained. */
public record TrainingSpec(
        @Doc("How many passes to make over the training examples; a fraction stops partway through a pass.")
        @Bounds(above = 0)
        double epochs,

        @Inline OptimizationSpec optimization,

        @Doc("The number of examples per optimizer step; with localSteps, of each replica.") @Bounds(min = 1)
        int batchSize,

        @Doc("The most tokens to compute at once; a lower value needs less memory and gives the same step.")
        @Bounds(min = 1)
        int microBatchTokens,

        @Inline MemorySpec memory,

        @Inline ArithmeticSpec arithmetic,

        @Doc("The seed of every random choice.") @Bounds(min = 0)
        long seed,

        @Inline ValidationSchedule validation,

        @Inline RunSpec run) {}
