package io.github.ftmaven.runtime.chat;

/** The author of a {@link Message}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
