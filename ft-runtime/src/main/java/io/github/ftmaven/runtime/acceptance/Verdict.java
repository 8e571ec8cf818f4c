package io.github.ftmaven.runtime.acceptance;

/** Whether something may pass. */
public enum Verdict {
    PASS,
    FAIL
}
