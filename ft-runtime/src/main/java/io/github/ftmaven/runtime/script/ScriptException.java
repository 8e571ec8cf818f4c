package io.github.ftmaven.runtime.script;

/** A script failed. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final boolean ofSandbox;

    private ScriptException(String name, String message, boolean ofSandbox) {
        super(message);
        this.name = name;
        this.ofSandbox = ofSandbox;
    }

    /** What the script threw. */
    static ScriptException thrown(String name, String message) {
        return new ScriptException(name, message, false);
    }

    /** What the sandbox did not let the script do, or does not have. */
    static ScriptException refused(String message) {
        return new ScriptException("Sandbox", message, true);
    }

    /** The kind of error as JavaScript names it, such as {@code SyntaxError}; {@code Sandbox} if that ended it. */
    public String name() {
        return name;
    }

    /**
     * Whether the sandbox ended the script: it took too long, needed too much, or used what is not there. That says
     * nothing about what the script would have found.
     */
    public boolean ofSandbox() {
        return ofSandbox;
    }
}
