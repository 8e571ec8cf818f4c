package io.github.ftmaven.runtime.hub;

import java.io.IOException;

/** The hub cannot be reached, or does not speak the protocol. The user's input is not to blame. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message for the user. */
    public HubException(String message) {
        super(message);
    }

    /** Creates the error with the message for the user and the exception that caused it. */
    public HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
