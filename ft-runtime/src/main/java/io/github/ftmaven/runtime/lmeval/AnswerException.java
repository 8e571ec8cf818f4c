package io.github.ftmaven.runtime.lmeval;

/** An answer cannot be filtered; other answers are unaffected. */
final class AnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerException(String message) {
        super(message);
    }
}
