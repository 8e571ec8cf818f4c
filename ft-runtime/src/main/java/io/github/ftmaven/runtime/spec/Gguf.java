package io.github.ftmaven.runtime.spec;

/** What is written as GGUF. */
public enum Gguf {
    LORA,
    F16,
    Q8_0
}
