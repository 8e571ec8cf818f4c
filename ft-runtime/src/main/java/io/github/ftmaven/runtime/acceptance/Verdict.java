package io.github.ftmaven.runtime.acceptance;

/** Whether something may pass. */
public enum Verdict {
    PASS,
    FAIL,
    /** Of a rule: the estimate says one thing, and the items are too few to be sure of it. */
    INCONCLUSIVE,
    /** Of a build: no rule was applied that could have failed it. */
    NOT_JUDGED;

    /** The verdict as every report and file has it, such as {@code NOT JUDGED}. */
    public String word() {
        return name().replace('_', ' ');
    }
}
