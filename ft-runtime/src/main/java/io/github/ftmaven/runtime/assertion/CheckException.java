package io.github.ftmaven.runtime.assertion;

/** A check cannot be made: its test counts as an error, which is neither a pass nor a failure. */
public final class CheckException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String INVARIANT = "Invariant failed: ";

    /** Creates the error with the message for the user. */
    public CheckException(String message) {
        super(message);
    }

    /** The message without promptfoo's prefix, for an error that is shown with the declaration's place. */
    static String plain(CheckException e) {
        return String.valueOf(e.getMessage()).replace(INVARIANT, "");
    }

    /** Rejects part of a declaration, in promptfoo's words, unless a condition holds. */
    static void require(boolean condition, String message) throws CheckException {
        if (!condition) {
            throw new CheckException(INVARIANT + message);
        }
    }
}
