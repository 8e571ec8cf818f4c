package io.github.ftmaven.plugin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A repository lacks an artifact or cannot be reached. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with a message for the user and its cause, if any. */
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
