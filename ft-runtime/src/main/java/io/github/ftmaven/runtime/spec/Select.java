package io.github.ftmaven.runtime.spec;

/** Which training examples stand before a question. */
public enum Select {
    RANDOM,
    NEAREST
}
