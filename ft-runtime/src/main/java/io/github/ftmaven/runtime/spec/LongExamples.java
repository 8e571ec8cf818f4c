package io.github.ftmaven.runtime.spec;

/** What happens to an example longer than {@code maxLength}. */
public enum LongExamples {
    ERROR,
    DROP
}
