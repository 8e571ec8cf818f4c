package io.github.ftmaven.runtime.template;

/** A template that cannot be read or rendered, or that raised an error itself; the message begins with its line. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean raised;

    TemplateException(String message) {
        this(message, false);
    }

    TemplateException(String message, boolean raised) {
        super(message, null, false, false);
        this.raised = raised;
    }

    TemplateException at(int line) {
        return new TemplateException("line " + line + ": " + getMessage(), raised);
    }

    /** Whether the template itself called {@code raise_exception}: it refuses what it was given. */
    public boolean raised() {
        return raised;
    }
}
