package io.github.ftmaven.runtime.spec;

/** Where the initial weights come from. */
public enum Initialization {
    PRETRAINED,
    RANDOM
}
