package io.github.ftmaven.runtime.completions;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server cannot be asked any further. The message is for the user, and holds no key. */
public final class ChatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error. */
    public ChatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
