package io.github.ftmaven.runtime.lmeval;

/** One answer cannot be filtered; the others can. */
final class AnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerException(String message) {
        super(message);
    }
}
