package io.github.ftmaven.runtime.spec;

/** The formats of a packaged fine-tune. */
public enum PackageFormat {
    /** The files that PEFT writes; with method full, the model's directory. */
    PEFT,
    /** The whole model in BF16, as transformers saves it. */
    MERGED,
    /** For llama.cpp and Ollama. */
    GGUF
}
