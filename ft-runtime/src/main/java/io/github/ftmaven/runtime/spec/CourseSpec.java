package io.github.ftmaven.runtime.spec;

/** What does not change the result of a training. */
public record CourseSpec(
        @Doc("Optimizer steps between checkpoints.") @Bounds(min = 1)
        int checkpointEvery,

        @Doc(
                "Who trains: this machine, or a cluster of Apache Spark, whose workers compute the gradients of micro-batches."
                        + " With processors of the same kind and as many threads, the result is the same to the bit.")
        Runner runner) {}
