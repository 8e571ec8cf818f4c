package io.github.ftmaven.runtime.spec;

/** The factor of the adapter's output: {@code alpha / rank}, or rsLoRA's {@code alpha / sqrt(rank)}. */
public enum Scaling {
    STANDARD,
    RANK_STABILIZED
}
