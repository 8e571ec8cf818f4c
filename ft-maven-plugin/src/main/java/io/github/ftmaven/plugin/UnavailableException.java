package io.github.ftmaven.plugin;

import java.io.IOException;

/** A repository does not have what was asked for, or cannot be asked. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message the user reads and the exception it came from. */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
