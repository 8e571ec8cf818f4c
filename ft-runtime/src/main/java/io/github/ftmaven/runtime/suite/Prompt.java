package io.github.ftmaven.runtime.suite;

/**
 * A prompt, a template.
 *
 * @param raw the template
 * @param label what it is called: the text itself, or its file and the text
 */
public record Prompt(String raw, String label) {}
