package io.github.ftmaven.runtime.spec;

/** The kinds of GGUF files. */
public enum Gguf {
    LORA,
    F16,
    Q8_0
}
