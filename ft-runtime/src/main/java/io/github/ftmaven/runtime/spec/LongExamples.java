package io.github.ftmaven.runtime.spec;

/** What to do with an example longer than {@code maxLength}. */
public enum LongExamples {
    ERROR,
    DROP
}
