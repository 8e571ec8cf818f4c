package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Heads;
import java.util.List;

/** {@code model_type: gemma, gemma2, gemma3_text}, and {@code gemma3}, whose text part alone is used. */
final class GemmaConfig {
    private static final Defaults GEMMA = new Defaults(
            new Dimensions(256_000, 3072, 28, 24_576),
            new Heads(16, 16, 256),
            8192,
            1e-6,
            true,
            new SpecialTokens(2, List.of(1)));
    private static final Defaults GEMMA2 = new Defaults(
            new Dimensions(256_000, 2304, 26, 9216),
            new Heads(8, 4, 256),
            8192,
            1e-6,
            true,
            new SpecialTokens(2, List.of(1)));
    private static final Defaults GEMMA3 = new Defaults(
            new Dimensions(262_208, 2304, 26, 9216),
            new Heads(8, 4, 256),
            131_072,
            1e-6,
            true,
            new SpecialTokens(2, List.of(1)));
    private static final String ACTIVATION = "gelu_pytorch_tanh";

    private GemmaConfig() {}

    /** Gemma 1 and CodeGemma. */
    static Architecture gemma(JsonObjectFile config) {
        ArchitectureBuilder gemma = common("gemma", config, GEMMA, false).named("hidden_act", activation(config));
        return gemma.rope(10_000, gemma.headDim()).build();
    }

    /**
     * Which of two keys sets the activation depends on the version of transformers, so both must agree. Here gelu means
     * its approximation by tanh, with which the models were trained.
     */
    private static String activation(JsonObjectFile config) {
        String activation = approximated(config.text("hidden_act", ACTIVATION));
        if (!approximated(config.text("hidden_activation", activation)).equals(activation)) {
            throw config.invalid(
                    "hidden_activation",
                    "hidden_act is " + activation
                            + "; both must agree, because versions of transformers differ in which one they read");
        }
        return activation;
    }

    private static String approximated(String activation) {
        return activation.equals("gelu") ? ACTIVATION : activation;
    }

    static Architecture gemma2(JsonObjectFile config) {
        int window = window(config);
        if (config.integer("sliding_window_size", 0, Integer.MAX_VALUE, window) != window) {
            throw config.invalid("sliding_window_size", "sliding_window is " + window + "; both must agree");
        }
        ArchitectureBuilder gemma = common("gemma2", config, GEMMA2, true).activation("hidden_activation", ACTIVATION);
        return gemma.scale(scale(config))
                .caps(cap(config, "attn_logit_softcapping", 50), cap(config, "final_logit_softcapping", 30))
                .window(window, layer -> layer % 2 == 0)
                .rope(10_000, gemma.headDim())
                .build();
    }

    static Architecture gemma3Text(JsonObjectFile config) {
        return gemma3("gemma3_text", config).build();
    }

    /** A multimodal model: its text part is under {@code text_config}. */
    static Architecture gemma3(JsonObjectFile config) {
        JsonObjectFile text = config.section("text_config");
        text.node("model_type");
        ArchitectureBuilder gemma = gemma3("gemma3", text);
        return gemma.within(config).build();
    }

    /** Sliding layers rotate positions by their own table. */
    private static ArchitectureBuilder gemma3(String family, JsonObjectFile config) {
        ArchitectureBuilder gemma = common(family, config, GEMMA3, true).activation("hidden_activation", ACTIVATION);
        int pattern = config.integer("sliding_window_pattern", 1, Integer.MAX_VALUE, 6);
        gemma.headNorms()
                .scale(scale(config))
                .caps(0, family.equals("gemma3") ? 0 : cap(config, "final_logit_softcapping", 0))
                .window(window(config), layer -> (layer + 1) % pattern != 0);
        RopeReader reader = new RopeReader(config, gemma.maxPositions(), gemma.headDim());
        return gemma.rope(new Rope(
                gemma.maxPositions(),
                gemma.headDim(),
                List.of(
                        reader.stretched("full_attention", "rope_theta", 1_000_000),
                        reader.plain("sliding_attention", "rope_local_base_freq", 10_000)),
                gemma.sliding().stream().map(sliding -> sliding ? 1 : 0).toList(),
                Integer.MAX_VALUE));
    }

    private static int window(JsonObjectFile config) {
        if (config.isNull("sliding_window")) {
            throw config.invalid("sliding_window", "sliding layers need one");
        }
        return config.integer("sliding_window", 1, Integer.MAX_VALUE, 4096);
    }

    private static ArchitectureBuilder common(
            String family, JsonObjectFile config, Defaults defaults, boolean sandwich) {
        boolean bias = config.flag("attention_bias", false);
        return new ArchitectureBuilder(family, config, defaults)
                .biases(bias, bias, false)
                .gemma(sandwich);
    }

    private static double scale(JsonObjectFile config) {
        return Math.pow(config.positive("query_pre_attn_scalar", 256), -0.5);
    }

    /** An explicit null means no cap. */
    private static double cap(JsonObjectFile config, String key, double fallback) {
        return config.isNull(key) || (fallback == 0 && !config.has(key)) ? 0 : config.positive(key, fallback);
    }
}
