package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** Bounds for the tuned model's score. */
public record Limits(
        @Doc("The least score of the tuned model.") @Nullable
        Double minimum,

        @Doc("The largest score of the tuned model.") @Nullable
        Double maximum) {}
