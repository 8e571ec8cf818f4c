package io.github.ftmaven.runtime.spec;

/** What a rule does to the build when the items are too few to tell. */
public enum OnInconclusive {
    WARN,
    FAIL
}
