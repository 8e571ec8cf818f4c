package io.github.ftmaven.runtime.chat;

/** Who speaks in a {@link Message}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
