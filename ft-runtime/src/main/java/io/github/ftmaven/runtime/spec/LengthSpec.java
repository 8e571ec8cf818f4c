package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How long an example may be. */
public record LengthSpec(
        @Doc("The longest example in tokens; the model's own limit when absent.") @Bounds(min = 1) @Nullable
        Integer maxLength,

        @Doc("What happens to an example longer than maxLength.")
        LongExamples longExamples) {}
