package io.github.ftmaven.runtime.spec;

/** Whether layers are computed again in the backward pass instead of kept. */
public enum GradientCheckpointing {
    AUTO,
    ON,
    OFF
}
