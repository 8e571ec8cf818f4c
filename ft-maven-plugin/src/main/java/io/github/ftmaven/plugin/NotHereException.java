package io.github.ftmaven.plugin;

import java.io.IOException;

/** An input is not on this machine and must not be downloaded now. */
public final class NotHereException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates it. */
    public NotHereException(String declared) {
        super(declared + " is not on this machine");
    }
}
