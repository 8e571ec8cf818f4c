package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** Where a row holds the prompt and its completion. */
public record RowColumns(
        @Doc("The column of the prompt.") String prompt,

        @Doc("The column of what a prompt is about, such as Alpaca's input; it is written below the prompt.") @Nullable
        String input,

        @Doc("The column of the completion.") String completion) {}
