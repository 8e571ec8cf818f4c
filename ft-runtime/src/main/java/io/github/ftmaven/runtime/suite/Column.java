package io.github.ftmaven.runtime.suite;

/** A provider with one of its prompts. */
public record Column(ProviderSpec provider, Prompt prompt) {
    /** As tables head it. */
    public String title() {
        return "[" + provider.label() + "] " + prompt.label();
    }
}
