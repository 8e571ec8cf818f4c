package io.github.ftmaven.runtime.spec;

/** Who trains. */
public enum Runner {
    LOCAL,
    SPARK
}
