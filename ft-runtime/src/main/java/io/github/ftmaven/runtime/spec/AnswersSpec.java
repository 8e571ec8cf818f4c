package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How models answer the test questions. */
public record AnswersSpec(
        @Doc("The longest answer in tokens. Defaults to the test set's longest expected answer.")
        @Bounds(min = 1)
        @Nullable
        Integer maxNewTokens,

        @Doc("How many prompts the model answers in one batch.") @Bounds(min = 1)
        int batchSize) {}
