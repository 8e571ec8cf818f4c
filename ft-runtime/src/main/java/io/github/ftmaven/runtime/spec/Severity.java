package io.github.ftmaven.runtime.spec;

/** What an unmet rule does to the build. */
public enum Severity {
    ERROR,
    WARN
}
