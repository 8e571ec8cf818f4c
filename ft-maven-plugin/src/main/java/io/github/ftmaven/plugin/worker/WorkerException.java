package io.github.ftmaven.plugin.worker;

/** The worker, or the machine it ran on, failed: not the user's spec or data. The message says what to do. */
public final class WorkerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public WorkerException(String message) {
        super(message);
    }

    /** Creates the exception with what it came from. */
    public WorkerException(String message, Throwable cause) {
        super(message, cause);
    }
}
