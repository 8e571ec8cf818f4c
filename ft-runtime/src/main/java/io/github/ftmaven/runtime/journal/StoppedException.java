package io.github.ftmaven.runtime.journal;

/** A task stopped on request, and saved its state to resume later. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param saved sentences that say what was saved and how to resume
     */
    public StoppedException(String saved) {
        super(saved);
    }
}
