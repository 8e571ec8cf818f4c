package io.github.ftmaven.runtime.spec;

/** Which answers of a conversation the model learns. */
public enum Learn {
    EVERY_ANSWER,
    LAST_ANSWER
}
