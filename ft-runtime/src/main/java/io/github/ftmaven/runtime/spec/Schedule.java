package io.github.ftmaven.runtime.spec;

/** How the learning rate falls after the warm-up. */
public enum Schedule {
    COSINE,
    LINEAR,
    CONSTANT
}
