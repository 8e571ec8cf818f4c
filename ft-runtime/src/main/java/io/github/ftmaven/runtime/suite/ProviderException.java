package io.github.ftmaven.runtime.suite;

/** A provider gave no answer: the test is an error. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message the user reads. */
    public ProviderException(String message) {
        super(message);
    }
}
