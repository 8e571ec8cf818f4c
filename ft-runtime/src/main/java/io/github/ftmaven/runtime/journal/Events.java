package io.github.ftmaven.runtime.journal;

/** The connection from a task to its parent: it reports progress and asks whether to stop. Thread-safe. */
public interface Events {
    /** Reports progress. At most ten reports per second are kept; the report of the last step is never dropped. */
    void progress(Event.Progress progress);

    /** Writes a sentence to the build log. */
    void info(String text);

    /** Writes a warning to the build log. */
    void warn(String text);

    /**
     * Whether to stop, because someone interrupted the build. A resumable task asks once per step, saves its state and
     * throws {@link StoppedException}; it has a few seconds for that.
     */
    boolean stopRequested();
}
