package io.github.ftmaven.runtime.suite;

import org.jspecify.annotations.Nullable;

/**
 * A prompt, a template.
 *
 * @param raw the template, or a script's source
 * @param label the name: the text itself, or the file and the text
 * @param script a {@code file://} script whose function creates the template from the variables; null for none
 */
public record Prompt(String raw, String label, @Nullable String script) {
    /** A prompt from a template in the suite itself. */
    public Prompt(String raw, String label) {
        this(raw, label, null);
    }
}
