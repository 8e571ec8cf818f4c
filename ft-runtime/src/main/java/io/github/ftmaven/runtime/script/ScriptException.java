package io.github.ftmaven.runtime.script;

/** A script failed. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;

    ScriptException(String name, String message) {
        super(message);
        this.name = name;
    }

    /** The kind of error as JavaScript names it, such as {@code SyntaxError}; {@code Timeout} where it took too long. */
    public String name() {
        return name;
    }
}
