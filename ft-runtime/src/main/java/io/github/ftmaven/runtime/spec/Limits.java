package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** Bounds for the tuned model's score. */
public record Limits(
        @Doc("The lowest accepted score of the tuned model.") @Nullable
        Double minimum,

        @Doc("The highest accepted score of the tuned model.") @Nullable
        Double maximum) {}
