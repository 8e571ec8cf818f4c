package io.github.ftmaven.runtime.spec;

/** When two rows count as the same question. */
public enum Sameness {
    NORMALIZED,
    EXACT
}
