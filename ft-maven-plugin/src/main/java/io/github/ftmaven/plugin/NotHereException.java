package io.github.ftmaven.plugin;

import java.io.IOException;

/** What was looked for is elsewhere, and not to be fetched now. */
public final class NotHereException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates it. */
    public NotHereException(String declared) {
        super(declared + " is not on this machine");
    }
}
