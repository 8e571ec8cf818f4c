package io.github.ftmaven.runtime.assertion;

/** A check that cannot be made: its test is an error, which is neither a pass nor a failure. */
public final class CheckException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String INVARIANT = "Invariant failed: ";

    /** Creates the error with the message the user reads. */
    public CheckException(String message) {
        super(message);
    }

    /** Its message for a person who reads it where the declaration stands. */
    static String plain(CheckException e) {
        return String.valueOf(e.getMessage()).replace(INVARIANT, "");
    }

    /** Something of a declaration is not what its type needs, in promptfoo's words. */
    static void require(boolean condition, String message) throws CheckException {
        if (!condition) {
            throw new CheckException(INVARIANT + message);
        }
    }
}
