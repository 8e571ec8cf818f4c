package io.github.ftmaven.runtime.acceptance;

/** Whether something may pass. */
public enum Verdict {
    PASS,
    FAIL,
    /** Of a rule: the estimate says one thing, and the items are too few to be sure of it. */
    INCONCLUSIVE
}
