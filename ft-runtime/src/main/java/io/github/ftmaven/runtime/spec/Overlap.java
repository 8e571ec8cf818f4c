package io.github.ftmaven.runtime.spec;

/** What to do with training examples whose prompt is also in the test or validation files. */
public enum Overlap {
    ERROR,
    DROP
}
