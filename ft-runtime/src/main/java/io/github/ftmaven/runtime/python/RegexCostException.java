package io.github.ftmaven.runtime.python;

/** A pattern has too many ways to match a text, so the search was given up without a result. */
public final class RegexCostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegexCostException(String message) {
        super(message);
    }
}
