package io.github.ftmaven.runtime.suite;

import org.jspecify.annotations.Nullable;

/**
 * A prompt, a template.
 *
 * @param raw the template; a script's source
 * @param label what it is called: the text itself, or its file and the text
 * @param script a {@code file://} script whose function makes the template of the variables; null for none
 */
public record Prompt(String raw, String label, @Nullable String script) {
    /** A template that stands as it is. */
    public Prompt(String raw, String label) {
        this(raw, label, null);
    }
}
