package io.github.ftmaven.runtime.suite;

/** A provider with one of its prompts: a column of the results. */
public record Column(ProviderSpec provider, Prompt prompt) {
    /** The heading of tables. */
    public String title() {
        return "[" + provider.label() + "] " + prompt.label();
    }
}
