package io.github.ftmaven.runtime.python;

/** A pattern has too many ways to match one text, so that nothing is known about the two. */
public final class RegexCostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegexCostException(String message) {
        super(message);
    }
}
