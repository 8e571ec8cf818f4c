package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters in every form against PEFT: {@code tools/golden_adapters.py} wrote them and the answers. */
class AdapterFormsTest {
    private static final Path DIRECTORY = TestModels.resource("/models/families/llama");

    private final Arena arena = Torch.load("cpu", 1).arena();

    @TempDir
    Path directory;

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"patterns", "layers", "half"})
    void logitsAreThoseOfPeft(String name) {
        assertLogits(PeftAdapter.read(DIRECTORY.resolve(name), name, architecture()), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patterns", "layers"})
    void isWrittenAsItWasRead(String name) throws IOException {
        PeftAdapter read = PeftAdapter.read(DIRECTORY.resolve(name), name, architecture());
        PeftAdapter.write(
                directory,
                read.config(),
                read.layout(),
                module -> Objects.requireNonNull(read.weights().get(module)));
        PeftAdapter again = PeftAdapter.read(directory, name, architecture());
        assertThat(again.config()).isEqualTo(read.config());
        assertLogits(again, name);
    }

    @Test
    void theFirstPatternDecides() {
        PeftAdapter adapter = PeftAdapter.read(DIRECTORY.resolve("patterns"), "patterns", architecture());
        assertThat(adapter.layout().modules())
                .extracting(LoraModule::name, LoraModule::rank, LoraModule::scale)
                .startsWith(
                        org.assertj.core.api.Assertions.tuple("model.layers.0.self_attn.q_proj", 1, 4.0),
                        org.assertj.core.api.Assertions.tuple("model.layers.0.self_attn.v_proj", 2, 3.5 / Math.sqrt(2)),
                        org.assertj.core.api.Assertions.tuple("model.layers.0.mlp.down_proj", 4, 3.0),
                        org.assertj.core.api.Assertions.tuple("model.layers.1.self_attn.q_proj", 3, 4 / Math.sqrt(3)));
    }

    private static Architecture architecture() {
        return ArchitectureReader.read(DIRECTORY.resolve("config.json"), "llama/config.json");
    }

    private void assertLogits(PeftAdapter adapter, String name) {
        Architecture architecture = architecture();
        ModelDirectory model = new ModelDirectory(DIRECTORY, "llama", architecture);
        LoraTensors lora = LoraTensors.of(
                arena,
                adapter.layout(),
                0,
                module -> Objects.requireNonNull(adapter.weights().get(module)));
        Decoder decoder =
                Decoder.of(arena, architecture, BaseTensors.read(arena, architecture, model.weights()), lora, false);
        float[][] logits =
                decoder.logits(List.of(new Golden(DIRECTORY).document(2))).get(0);
        float[] expected = new Golden(DIRECTORY, "adapters.safetensors").floats(name + ".logits");
        int next = 0;
        for (float[] row : logits) {
            for (float value : row) {
                assertThat(value).isCloseTo(expected[next], within((float) (1e-5 + 1.3e-6 * Math.abs(expected[next]))));
                next++;
            }
        }
        assertThat(next).isEqualTo(expected.length);
    }
}
