package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** The columns that hold a prompt and its completion. */
public record RowColumns(
        @Doc("The column of the prompt, or a text with columns in it, such as Classify: {{text}}.")
        String prompt,

        @Doc("The column of an extra input, such as Alpaca's input; it follows the prompt.") @Nullable
        String input,

        @Doc("The column of the completion, or a text with columns in it.")
        String completion) {}
