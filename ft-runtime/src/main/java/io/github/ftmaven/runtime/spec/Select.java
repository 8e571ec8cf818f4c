package io.github.ftmaven.runtime.spec;

/** How to choose the training examples that precede a question. */
public enum Select {
    RANDOM,
    NEAREST
}
