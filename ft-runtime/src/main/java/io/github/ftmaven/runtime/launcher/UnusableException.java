package io.github.ftmaven.runtime.launcher;

/** The request or its jar cannot be used. The message is for whoever started the jar. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
