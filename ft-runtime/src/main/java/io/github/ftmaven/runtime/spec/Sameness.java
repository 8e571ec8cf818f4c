package io.github.ftmaven.runtime.spec;

/** When two rows ask the same. */
public enum Sameness {
    NORMALIZED,
    EXACT
}
