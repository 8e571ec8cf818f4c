package io.github.ftmaven.runtime.spec;

/** What a rule that is not met does to the build. */
public enum Severity {
    ERROR,
    WARN
}
