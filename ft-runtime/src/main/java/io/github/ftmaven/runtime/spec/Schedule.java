package io.github.ftmaven.runtime.spec;

/** How the learning rate decays after the warm-up. */
public enum Schedule {
    COSINE,
    LINEAR,
    CONSTANT
}
