package io.github.ftmaven.runtime.spec;

/** What frozen weights are held in and layers are computed in. */
public enum Precision {
    AUTO,
    FLOAT32,
    BFLOAT16
}
