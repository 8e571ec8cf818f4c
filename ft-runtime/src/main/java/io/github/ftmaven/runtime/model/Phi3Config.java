package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Heads;
import java.util.List;

/** {@code model_type: phi3}: Phi-3, Phi-3.5, Phi-4, Phi-4-mini, with fused projections and, for long contexts, longrope. */
final class Phi3Config {
    private static final Defaults DEFAULTS = new Defaults(
            new Dimensions(32_064, 3072, 32, 8192),
            new Heads(32, 0, 0),
            4096,
            1e-5,
            false,
            new SpecialTokens(1, List.of(32_000)));

    private Phi3Config() {}

    static Architecture read(JsonObjectFile config) {
        int window = config.integer("sliding_window", 0, Integer.MAX_VALUE, 0);
        ArchitectureBuilder phi3 = new ArchitectureBuilder("phi3", config, DEFAULTS);
        int rotated = (int) (phi3.headDim() * RopeReader.partialRotaryFactor(config));
        return phi3.activation("hidden_act", "silu")
                .fused()
                .window(window)
                .rope(10_000, rotated, 4096)
                .build();
    }
}
