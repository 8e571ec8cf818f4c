package io.github.ftmaven.runtime.journal;

/** What a task tells its parent while it works, and whether the parent wants it to stop. Safe for use by any thread. */
public interface Events {
    /** Reports progress; all but ten reports a second are dropped, never that of the last step. */
    void progress(Event.Progress progress);

    /** Says a sentence in the build log. */
    void info(String text);

    /** Warns in the build log. */
    void warn(String text);

    /**
     * Whether to stop: someone interrupted the build. A task that can go on later asks once a step, saves its state and
     * throws {@link StoppedException}; it has a few seconds for that.
     */
    boolean stopRequested();
}
