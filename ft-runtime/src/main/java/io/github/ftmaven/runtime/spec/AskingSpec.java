package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How the teacher is asked. */
public record AskingSpec(
        @Doc("The system message for the teacher, before every prompt without one; dataset.system by default."
                + " It is not written to the rows.")
        @Nullable
        String system,

        @Doc("How many requests may wait for an answer at the same time, 4 by default.")
        @Bounds(min = 1, max = 64)
        @Nullable
        Integer concurrency,

        @Doc("The share of prompts that may stay without a usable answer, 0.05 by default. Beyond it the goal fails.")
        @Bounds(min = 0, max = 1)
        @Nullable
        Double maxUnanswered,

        @Doc("What to do with prompts that ask what a test row asks: an error by default, or drop.") @Nullable
        Overlap testQuestions) {
    private static final int CONCURRENCY = 4;
    private static final double UNANSWERED = 0.05;

    /** How many requests at the same time; 4 unless said otherwise. */
    public int threads() {
        return concurrency == null ? CONCURRENCY : concurrency;
    }

    /** How many of some prompts may stay without an answer; a share of 0.05 unless said otherwise. */
    public long tolerated(long prompts) {
        return (long) Math.floor((maxUnanswered == null ? UNANSWERED : maxUnanswered) * prompts + 1e-9);
    }

    /** Whether prompts that ask what a test row asks are dropped. */
    public boolean dropsTestQuestions() {
        return testQuestions == Overlap.DROP;
    }
}
