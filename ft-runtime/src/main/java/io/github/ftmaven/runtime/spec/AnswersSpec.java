package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How models answer the test questions. */
public record AnswersSpec(
        @Doc("The longest answer in tokens; the test set's longest expected answer when absent.")
        @Bounds(min = 1)
        @Nullable
        Integer maxNewTokens,

        @Doc("The number of prompts answered at once.") @Bounds(min = 1)
        int batchSize) {}
