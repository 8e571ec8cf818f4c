package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Llamas of the sizes that people train. */
public final class TestLlama {
    public static final Architecture M110 = of(768, 2048, 12, 12, 12, 64, 32_000, true);
    public static final Architecture B1 = of(2048, 8192, 16, 32, 8, 64, 128_256, true);
    public static final Architecture B8 = of(4096, 14_336, 32, 32, 8, 128, 128_256, false);

    private TestLlama() {}

    /** A training of one on a CPU, with LoRA as the lines of a spec say. */
    public static Setup setup(Architecture architecture, DType type, long longest, String... lines) {
        FineTuneSpec spec = TestSpec.with(lines);
        LoraLayout layout = LoraLayout.declared(architecture, spec.adapter());
        return Setup.of(spec, architecture, layout, type, null, false, longest);
    }

    private static Architecture of(
            int hidden, int inner, int layers, int heads, int kvHeads, int headDim, int vocabulary, boolean tied) {
        try {
            Path file = Files.createTempFile("config", ".json");
            try {
                Files.writeString(
                        file,
                        String.format(
                                Locale.ROOT, """
                                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": %d,
                                 "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
                                 "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d,
                                 "max_position_embeddings": 8192, "rms_norm_eps": 1e-05, "hidden_act": "silu",
                                 "tie_word_embeddings": %s, "rope_theta": 10000.0, "bos_token_id": 1, "eos_token_id": 2}
                                """, vocabulary, hidden, inner, layers, heads, kvHeads, headDim, tied));
                return ArchitectureReader.read(file, "config.json");
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
