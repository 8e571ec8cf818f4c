package io.github.ftmaven.runtime.template;

import org.jspecify.annotations.Nullable;

/** A template cannot be parsed or rendered, or raised an error itself; the message begins with its line. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 2_000; // a template may raise or name megabytes

    private final boolean raised;
    private final boolean placed;

    TemplateException(String message) {
        this(cut(message), null, false, false);
    }

    TemplateException(String message, boolean raised) {
        this(cut(message), null, raised, false);
    }

    /** An internal error. */
    TemplateException(String message, RuntimeException cause) {
        this(cut(message), cause, false, false);
    }

    private TemplateException(String message, @Nullable Throwable cause, boolean raised, boolean placed) {
        super(message, cause, false, false);
        this.raised = raised;
        this.placed = placed;
    }

    private static String cut(String message) {
        if (message.length() <= LONGEST) {
            return message;
        }
        int end = Character.isHighSurrogate(message.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return message.substring(0, end) + "… (" + message.length() + " characters)";
    }

    /** This error with its place, unless it already has one. */
    TemplateException at(int line) {
        return placed ? this : new TemplateException("line " + line + ": " + getMessage(), getCause(), raised, true);
    }

    /** Whether the template itself called {@code raise_exception} to reject its input. */
    public boolean raised() {
        return raised;
    }
}
