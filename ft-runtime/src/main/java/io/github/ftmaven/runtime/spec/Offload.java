package io.github.ftmaven.runtime.spec;

/** Where the weights of frozen layers are between their turns. */
public enum Offload {
    AUTO,
    NONE,
    LAYERS
}
