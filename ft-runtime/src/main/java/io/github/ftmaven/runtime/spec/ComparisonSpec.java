package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A comparison of the tuned model with another. */
public record ComparisonSpec(
        @Doc("What the tuned model is compared with: base, best-baseline, a baseline by its name, or released.")
        @Nullable
        String over,

        @Doc("The least gain over it; where lower is better, the least fall of the score.") @Bounds(min = 0) @Nullable
        Double minimumGain,

        @Doc("The largest tolerated drop from it; where lower is better, the largest rise of the score.")
        @Bounds(min = 0)
        @Nullable
        Double maximumDrop) {}
