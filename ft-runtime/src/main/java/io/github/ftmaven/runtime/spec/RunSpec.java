package io.github.ftmaven.runtime.spec;

/** How a training runs. It does not say what is learnt. */
public record RunSpec(
        @Doc("Optimizer steps between checkpoints.") @Bounds(min = 1)
        int checkpointEvery,

        @Doc("Where the training runs: in a process on this machine, or where the section of this name in runner says.")
        Runner runner) {}
