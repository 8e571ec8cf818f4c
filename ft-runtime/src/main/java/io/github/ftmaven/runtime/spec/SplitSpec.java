package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How validation and test rows are drawn from the training files. */
public record SplitSpec(
        @Doc("Seed of the draw; training.seed by default.") @Bounds(min = 0) @Nullable
        Long seed,

        @Doc("A column or key, in the row or in its metadata: rows with the same value stay on one side.") @Nullable
        String groupBy,

        @Doc("label, or a column or key: each label, or each value, has about the same share on every side.") @Nullable
        String stratifyBy,

        @Doc("A column or key with a date, a date and time, or a number: the newest rows become test rows, those before"
                + " them validation rows.")
        @Nullable
        String timeBy) {
    /** The word for the answer, in {@code stratifyBy}. */
    public static final String LABEL = "label";
}
