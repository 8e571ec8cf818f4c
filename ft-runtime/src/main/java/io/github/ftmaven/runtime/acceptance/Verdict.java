package io.github.ftmaven.runtime.acceptance;

/** Whether something may pass. */
public enum Verdict {
    PASS,
    FAIL,
    /** For a rule: there are too few items to confirm what the estimate says. */
    INCONCLUSIVE,
    /** For a build: no applied rule could have failed it. */
    NOT_JUDGED;

    /** The word for the verdict in reports and files, such as {@code NOT JUDGED}. */
    public String word() {
        return name().replace('_', ' ');
    }
}
