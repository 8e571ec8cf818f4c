package io.github.ftmaven.runtime.suite;

/** A provider returned no answer: the test counts as an error. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message for the user. */
    public ProviderException(String message) {
        super(message);
    }
}
