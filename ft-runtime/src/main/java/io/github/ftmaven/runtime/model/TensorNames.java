package io.github.ftmaven.runtime.model;

/** The names of a Llama's tensors and modules in Hugging Face's files and PEFT's adapters. */
public final class TensorNames {
    /** The token embedding, {@code [vocabSize, hiddenSize]}. */
    public static final String EMBEDDING = "model.embed_tokens.weight";
    /** The last norm, {@code [hiddenSize]}. */
    public static final String NORM = "model.norm.weight";
    /** The output projection, {@code [vocabSize, hiddenSize]}; absent when tied. */
    public static final String HEAD = "lm_head.weight";

    private TensorNames() {}

    /** The weight of a layer's norm: {@code input_layernorm} or {@code post_attention_layernorm}. */
    public static String norm(int layer, String norm) {
        return "model.layers." + layer + "." + norm + ".weight";
    }

    /** The name of a layer's linear module, without {@code .weight}. */
    public static String module(int layer, Projection projection) {
        return "model.layers." + layer + "." + projection.path();
    }

    /** The weight of a layer's linear module. */
    public static String weight(int layer, Projection projection) {
        return module(layer, projection) + ".weight";
    }

    /** The bias of a layer's linear module. */
    public static String bias(int layer, Projection projection) {
        return module(layer, projection) + ".bias";
    }
}
