package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import java.util.List;

/** {@code model_type: gemma, gemma2, gemma3_text}, and {@code gemma3}, whose text part alone is used. */
final class GemmaConfig {
    private static final Defaults GEMMA =
            new Defaults(256_000, 3072, 28, 24_576, 16, 16, 256, 8192, 1e-6, true, 2, List.of(1));
    private static final Defaults GEMMA2 =
            new Defaults(256_000, 2304, 26, 9216, 8, 4, 256, 8192, 1e-6, true, 2, List.of(1));
    private static final Defaults GEMMA3 =
            new Defaults(262_208, 2304, 26, 9216, 8, 4, 256, 131_072, 1e-6, true, 2, List.of(1));
    private static final String ACTIVATION = "gelu_pytorch_tanh";

    private GemmaConfig() {}

    /**
     * Gemma 1. {@code hidden_act} of old files says gelu, by which its authors meant the approximation by tanh, as the
     * model was trained; only {@code hidden_activation} is believed.
     */
    static Architecture gemma(JsonObjectFile config) {
        config.node("hidden_act");
        ArchitectureBuilder gemma = common("gemma", config, GEMMA, false);
        return gemma.rope(10_000, gemma.headDim()).build();
    }

    static Architecture gemma2(JsonObjectFile config) {
        ArchitectureBuilder gemma = common("gemma2", config, GEMMA2, true);
        return gemma.scale(scale(config))
                .caps(cap(config, "attn_logit_softcapping", 50), cap(config, "final_logit_softcapping", 30))
                .window(config.integer("sliding_window", 1, Integer.MAX_VALUE, 4096), layer -> layer % 2 == 0)
                .rope(10_000, gemma.headDim())
                .build();
    }

    static Architecture gemma3Text(JsonObjectFile config) {
        return gemma3("gemma3_text", config);
    }

    /** A model that also sees: its text part is under {@code text_config}. */
    static Architecture gemma3(JsonObjectFile config) {
        for (String key : List.of(
                "vision_config",
                "mm_tokens_per_image",
                "image_token_index",
                "boi_token_index",
                "eoi_token_index",
                "initializer_range",
                "bos_token_id",
                "eos_token_id",
                "dtype",
                "torch_dtype",
                "tie_word_embeddings")) {
            config.node(key);
        }
        JsonObjectFile text = config.section("text_config");
        text.node("model_type");
        Architecture architecture = gemma3("gemma3", text);
        ConfigKeys.check(text);
        return architecture;
    }

    /** Sliding layers turn positions by a table of their own. */
    private static Architecture gemma3(String family, JsonObjectFile config) {
        ArchitectureBuilder gemma = common(family, config, GEMMA3, true);
        String key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
        int pattern = config.integer(key, 1, Integer.MAX_VALUE, 6);
        gemma.headNorms()
                .scale(scale(config))
                .caps(cap(config, "attn_logit_softcapping", 0), cap(config, "final_logit_softcapping", 0))
                .window(
                        config.integer("sliding_window", 1, Integer.MAX_VALUE, 4096),
                        layer -> (layer + 1) % pattern != 0);
        RopeReader reader = new RopeReader(config, gemma.maxPositions(), gemma.headDim());
        double local = config.positive("rope_local_base_freq", 10_000);
        return gemma.rope(new Rope(
                        gemma.maxPositions(),
                        gemma.headDim(),
                        List.of(reader.table("full_attention", 1_000_000), reader.local("sliding_attention", local)),
                        gemma.sliding().stream().map(sliding -> sliding ? 1 : 0).toList(),
                        Integer.MAX_VALUE))
                .build();
    }

    private static ArchitectureBuilder common(
            String family, JsonObjectFile config, Defaults defaults, boolean sandwich) {
        boolean bias = config.flag("attention_bias", false);
        return new ArchitectureBuilder(family, config, defaults)
                .activation("hidden_activation", ACTIVATION)
                .biases(bias, bias, false)
                .gemma(sandwich);
    }

    private static double scale(JsonObjectFile config) {
        return Math.pow(config.positive("query_pre_attn_scalar", 256), -0.5);
    }

    /** An explicit null means no cap. */
    private static double cap(JsonObjectFile config, String key, double fallback) {
        return config.keys().contains(key) && !config.has(key)
                ? 0
                : fallback == 0 && !config.has(key) ? 0 : config.positive(key, fallback);
    }
}
