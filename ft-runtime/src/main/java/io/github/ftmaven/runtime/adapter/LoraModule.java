package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.model.TensorNames;

/**
 * One linear module with a low-rank update: {@code y = W x + scale * B (A x)}, A of shape {@code [rank, in]}, B of
 * shape {@code [out, rank]}.
 *
 * @param scale {@code alpha / rank}, or rsLoRA's {@code alpha / sqrt(rank)}
 * @param nested whether the decoder is one part of the model, as in multimodal Gemma 3; this changes PEFT's names
 */
public record LoraModule(int layer, Projection projection, int in, int out, int rank, double scale, boolean nested) {
    private static final String PREFIX = "base_model.model.";

    /** A module of a model that consists of the decoder only. */
    public LoraModule(int layer, Projection projection, int in, int out, int rank, double scale) {
        this(layer, projection, in, out, rank, scale, false);
    }

    /** The same module with another rank and scale. */
    LoraModule with(int rank, double scale) {
        return new LoraModule(layer, projection, in, out, rank, scale, nested);
    }

    /** The name by which PEFT selects the module: {@link #name} within the enclosing model. */
    public String path() {
        return nested ? "model.language_model." + name().substring("model.".length()) : name();
    }

    /** The {@link #path} before transformers 4.52. */
    String formerPath() {
        return nested ? "language_model." + name() : name();
    }

    private String tensor(String part) {
        return PREFIX + path() + part;
    }

    /** The module's name in the decoder, as in {@code model.layers.0.self_attn.q_proj}. */
    public String name() {
        return TensorNames.module(layer, projection);
    }

    /** The name of A in a PEFT file. */
    public String tensorA() {
        return tensor(".lora_A.weight");
    }

    /** The name of B in a PEFT file. */
    public String tensorB() {
        return tensor(".lora_B.weight");
    }

    /** The name of the magnitude in a PEFT file. */
    public String tensorMagnitude() {
        return tensor(".lora_magnitude_vector");
    }

    /** The number of trained values in A and B together. */
    public long parameters() {
        return (long) rank * in + (long) out * rank;
    }
}
