package io.github.ftmaven.plugin.worker;

/** The worker or its machine failed; the user's spec and data are not the cause. The message says what to do. */
public final class WorkerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public WorkerException(String message) {
        super(message);
    }

    /** Creates the exception with its cause. */
    public WorkerException(String message, Throwable cause) {
        super(message, cause);
    }
}
