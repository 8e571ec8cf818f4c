package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A comparison of the tuned model with another. */
public record ComparisonSpec(
        @Doc("The model to compare with: base, best-baseline, the name of a baseline, or released.") @Nullable
        String over,

        @Doc("The least gain over that model; where lower is better, the least decrease.") @Bounds(min = 0) @Nullable
        Double minimumGain,

        @Doc("The largest tolerated drop from that model; where lower is better, the largest increase.")
        @Bounds(min = 0)
        @Nullable
        Double maximumDrop) {}
