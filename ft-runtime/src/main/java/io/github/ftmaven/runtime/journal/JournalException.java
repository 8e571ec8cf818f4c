package io.github.ftmaven.runtime.journal;

import java.io.IOException;

/** A worker's journal contains something that is not an event. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
