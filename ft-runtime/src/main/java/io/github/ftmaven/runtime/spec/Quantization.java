package io.github.ftmaven.runtime.spec;

/** How frozen weights are held. */
public enum Quantization {
    NONE,
    NF4,
    INT8
}
