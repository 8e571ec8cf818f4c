package io.github.ftmaven.runtime.hub;

import java.io.IOException;

/** A hub that cannot be reached, or does not answer as one: nothing that the user wrote. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message the user reads. */
    public HubException(String message) {
        super(message);
    }

    /** Creates the error with the message the user reads and the exception it came from. */
    public HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
