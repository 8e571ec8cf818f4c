package io.github.ftmaven.runtime.journal;

/** A task has stopped because it was asked to, and has saved what it needs to go on. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param saved what was saved and how to go on, as sentences
     */
    public StoppedException(String saved) {
        super(saved);
    }
}
