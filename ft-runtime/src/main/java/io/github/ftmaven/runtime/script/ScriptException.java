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

    /** The script threw an exception. */
    static ScriptException thrown(String name, String message) {
        return new ScriptException(name, message, false);
    }

    /** The script exceeded a limit of the sandbox, or used something that the sandbox lacks. */
    static ScriptException refused(String message) {
        return new ScriptException("Sandbox", message, true);
    }

    /**
     * The kind of error in JavaScript's terms, such as {@code SyntaxError}; {@code Sandbox} if the sandbox ended the
     * script.
     */
    public String name() {
        return name;
    }

    /**
     * Whether the sandbox ended the script: it took too long, needed too much memory, or used something unavailable.
     * The script's verdict is then unknown.
     */
    public boolean ofSandbox() {
        return ofSandbox;
    }
}
