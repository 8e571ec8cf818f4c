package io.github.ftmaven.runtime.spec;

/** What the adapter's output is multiplied with: {@code alpha / rank}, or rsLoRA's {@code alpha / sqrt(rank)}. */
public enum Scaling {
    STANDARD,
    RANK_STABILIZED
}
