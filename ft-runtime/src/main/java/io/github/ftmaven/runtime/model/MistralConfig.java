package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Defaults;
import io.github.ftmaven.runtime.model.ArchitectureBuilder.Heads;
import java.util.List;

/** {@code model_type: mistral}. Every layer slides unless {@code sliding_window} is null; a missing key means 4096. */
final class MistralConfig {
    private static final Defaults DEFAULTS = new Defaults(
            new Dimensions(32_000, 4096, 32, 14_336),
            new Heads(32, 8, 0),
            131_072,
            1e-6,
            false,
            new SpecialTokens(1, List.of(2)));

    private MistralConfig() {}

    static Architecture read(JsonObjectFile config) {
        int window = config.isNull("sliding_window") ? 0 : config.integer("sliding_window", 1, Integer.MAX_VALUE, 4096);
        ArchitectureBuilder mistral = new ArchitectureBuilder("mistral", config, DEFAULTS);
        return mistral.activation("hidden_act", "silu")
                .window(window)
                .rope(10_000, mistral.headDim())
                .build();
    }
}
