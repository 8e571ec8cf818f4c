package io.github.ftmaven.runtime.spec;

/** The algorithm that turns a gradient into an optimizer step. */
public enum Optimizer {
    ADAMW,
    ADAFACTOR
}
