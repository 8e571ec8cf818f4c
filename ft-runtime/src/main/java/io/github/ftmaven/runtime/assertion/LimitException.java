package io.github.ftmaven.runtime.assertion;

/** What a row holds is too large to be judged: that row is an error. */
public final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Names what is too large. */
    public LimitException(String what) {
        super(what + " is too large to be judged");
    }
}
