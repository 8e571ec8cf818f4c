package io.github.ftmaven.runtime.spec;

/** Whether the backward pass recomputes layers to save memory. */
public enum GradientCheckpointing {
    AUTO,
    ON,
    OFF
}
