package io.github.ftmaven.runtime.spec;

/** Which answers of a conversation are learnt. */
public enum Learn {
    EVERY_ANSWER,
    LAST_ANSWER
}
