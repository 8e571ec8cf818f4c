package io.github.ftmaven.plugin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A repository does not have what was asked for, or cannot be asked. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message the user reads and the exception it came from, if it came from one. */
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
