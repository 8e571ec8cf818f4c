package io.github.ftmaven.runtime.spec;

/** How much of the dataset's fingerprint the jar carries. */
public enum FingerprintContent {
    NONE,
    SUMMARY,
    EXAMPLES
}
