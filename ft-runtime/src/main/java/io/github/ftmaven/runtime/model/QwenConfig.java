package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Heads;
import java.util.List;

/** {@code model_type: qwen2} (Qwen 2 and 2.5) and {@code qwen3}. */
final class QwenConfig {
    private static final Defaults QWEN2 = new Defaults(
            new Dimensions(151_936, 4096, 32, 22_016),
            new Heads(32, 32, 0),
            32_768,
            1e-6,
            false,
            new SpecialTokens(null, List.of()));
    private static final Defaults QWEN3 = new Defaults(
            new Dimensions(151_936, 4096, 32, 22_016),
            new Heads(32, 32, 128),
            32_768,
            1e-6,
            false,
            new SpecialTokens(null, List.of()));

    private QwenConfig() {}

    /** Always with biases on q, k and v. */
    static Architecture qwen2(JsonObjectFile config) {
        return read(new ArchitectureBuilder("qwen2", config, QWEN2).biases(true, false, false));
    }

    /** A norm on each head of queries and keys. */
    static Architecture qwen3(JsonObjectFile config) {
        boolean bias = config.flag("attention_bias", false);
        return read(new ArchitectureBuilder("qwen3", config, QWEN3).headNorms().biases(bias, bias, false));
    }

    private static Architecture read(ArchitectureBuilder qwen) {
        JsonObjectFile config = qwen.config();
        boolean slides = config.flag("use_sliding_window", false) && !config.isNull("sliding_window");
        config.node("sliding_window");
        int window = slides ? config.integer("sliding_window", 1, Integer.MAX_VALUE, 4096) : 0;
        int first = config.integer("max_window_layers", 0, Integer.MAX_VALUE, 28);
        return qwen.activation("hidden_act", "silu")
                .window(window, layer -> layer >= first)
                .rope(10_000, qwen.headDim())
                .longest(longest(config))
                .build();
    }

    /**
     * Qwen 2.5 with contexts of a million tokens splits documents that are longer than a chunk minus the overlap of
     * chunks. Within the first chunk attention is ordinary, and transformers computes ordinary attention for all
     * lengths, so documents may not be longer.
     */
    private static int longest(JsonObjectFile config) {
        if (!config.has("dual_chunk_attention_config")) {
            return Integer.MAX_VALUE;
        }
        JsonObjectFile chunks = config.section("dual_chunk_attention_config");
        int chunk = chunks.integer("chunk_size", 1, Integer.MAX_VALUE, 8192);
        int common = chunks.integer("local_size", 0, chunk - 1, Math.min(1024, chunk - 1));
        int original = chunks.integer("original_max_position_embeddings", 1, Integer.MAX_VALUE, chunk);
        return Math.min(chunk - common, original);
    }
}
