package io.github.ftmaven.runtime.spec;

/** What a check of the dataset does with what it finds. */
public enum CheckLevel {
    OFF,
    WARN,
    FAIL
}
