package io.github.ftmaven.runtime.spec;

/** The methods of fine-tuning. */
public enum Method {
    LORA,
    DORA,
    FULL
}
