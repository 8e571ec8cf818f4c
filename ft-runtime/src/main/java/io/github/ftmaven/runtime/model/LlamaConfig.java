package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Heads;
import java.util.List;

/** {@code model_type: llama}: Llama 2 to 3.3, TinyLlama, SmolLM. */
final class LlamaConfig {
    private static final Defaults DEFAULTS = new Defaults(
            new Dimensions(32_000, 4096, 32, 11_008),
            new Heads(32, 0, 0),
            2048,
            1e-6,
            false,
            new SpecialTokens(1, List.of(2)));

    private LlamaConfig() {}

    static Architecture read(JsonObjectFile config) {
        boolean attention = config.flag("attention_bias", false);
        ArchitectureBuilder llama = new ArchitectureBuilder("llama", config, DEFAULTS);
        return llama.activation("hidden_act", "silu")
                .biases(attention, attention, config.flag("mlp_bias", false))
                .rope(10_000, llama.headDim())
                .build();
    }
}
