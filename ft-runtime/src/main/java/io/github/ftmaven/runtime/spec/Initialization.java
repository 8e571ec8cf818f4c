package io.github.ftmaven.runtime.spec;

/** Where the first weights come from. */
public enum Initialization {
    PRETRAINED,
    RANDOM
}
