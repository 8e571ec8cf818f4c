package io.github.ftmaven.runtime.error;

/**
 * Something the user wrote or supplied is wrong: a spec, a data file, a model directory, an adapter.
 *
 * <p>The message is shown as it is, without a stack trace. It says where (a file, with line and column when there is
 * one), what is wrong, and what to do about it, in that order:
 *
 * <pre>data/train.jsonl:7: not valid JSON: unexpected end of input. Each line must be one JSON object.</pre>
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with the message the user reads. */
    public InvalidInputException(String message) {
        super(message);
    }

    /** Creates the error with the message the user reads and the exception it came from. */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
