package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How long an example may be. */
public record LengthSpec(
        @Doc("The longest example in tokens. Defaults to the model's own limit.") @Bounds(min = 1) @Nullable
        Integer maxLength,

        @Doc("What to do with an example longer than maxLength.")
        LongExamples longExamples) {}
