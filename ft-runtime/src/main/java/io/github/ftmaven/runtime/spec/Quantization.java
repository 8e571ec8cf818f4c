package io.github.ftmaven.runtime.spec;

/** How frozen weights are stored in memory. */
public enum Quantization {
    NONE,
    NF4,
    INT8
}
