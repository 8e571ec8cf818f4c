package io.github.ftmaven.runtime.spec;

/** What makes a step of a gradient. */
public enum Optimizer {
    ADAMW,
    ADAFACTOR
}
