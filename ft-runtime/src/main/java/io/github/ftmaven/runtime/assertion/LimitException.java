package io.github.ftmaven.runtime.assertion;

/** A row's content is too large to grade: the row counts as an error. */
public final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates the error; the argument names the content. */
    public LimitException(String what) {
        super(what + " is too large to grade");
    }
}
