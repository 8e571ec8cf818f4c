package io.github.ftmaven.runtime.spec;

/** What a rule does to the build when there are too few items to decide. */
public enum OnInconclusive {
    WARN,
    FAIL
}
