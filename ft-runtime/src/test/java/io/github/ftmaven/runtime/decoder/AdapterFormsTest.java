package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.SafetensorsFile;
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
    private static final Path FAMILIES = TestModels.resource("/models/families");

    private final Arena arena = Torch.load("cpu", 1).arena();

    @TempDir
    Path directory;

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama/patterns",
                "llama/layers",
                "llama/half",
                "llama/python",
                "llama/wide",
                "llama/eva",
                "llama/gaussian",
                "phi3/names",
                "gemma3/former"
            })
    void logitsAreThoseOfPeft(String name) {
        assertLogits(read(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama/patterns", "llama/layers", "llama/python", "llama/wide"})
    void isWrittenAsItWasRead(String name) throws IOException {
        PeftAdapter read = read(name);
        PeftAdapter.write(
                directory,
                read.config(),
                read.layout(),
                module -> Objects.requireNonNull(read.weights().get(module)),
                DType.F32);
        PeftAdapter again = PeftAdapter.read(directory, name, architecture(name));
        assertThat(again.config()).isEqualTo(read.config());
        assertLogits(again, name);
    }

    /** What training that went on from an adapter would write. */
    @ParameterizedTest
    @ValueSource(strings = {"llama/eva", "phi3/names", "gemma3/former"})
    void whatIsOddIsWrittenAsTodaysPeftWould(String name) throws IOException {
        PeftAdapter read = read(name);
        PeftConfig config = new PeftConfig(null, null, read.layout().selection(), 0, false);
        PeftAdapter.write(
                directory,
                config,
                read.layout(),
                module -> Objects.requireNonNull(read.weights().get(module)),
                DType.F32);
        PeftAdapter again = PeftAdapter.read(directory, name, architecture(name));
        assertLogits(again, name);
        if (name.equals("phi3/names")) {
            assertThat(again.config().selection().targets().modules()).containsExactly("down_proj", "o_proj");
        }
        assertThat(SafetensorsFile.open(directory.resolve(PeftAdapter.WEIGHTS), name)
                        .tensors()
                        .keySet())
                .allMatch(tensor -> tensor.startsWith(
                        name.startsWith("gemma3")
                                ? "base_model.model.model.language_model.layers."
                                : "base_model.model.model.layers."));
    }

    @Test
    void theFirstPatternDecides() {
        PeftAdapter adapter = read("llama/patterns");
        assertThat(adapter.layout().modules())
                .extracting(LoraModule::name, LoraModule::rank, LoraModule::scale)
                .startsWith(
                        org.assertj.core.api.Assertions.tuple("model.layers.0.self_attn.q_proj", 1, 4.0),
                        org.assertj.core.api.Assertions.tuple("model.layers.0.self_attn.v_proj", 2, 3.5 / Math.sqrt(2)),
                        org.assertj.core.api.Assertions.tuple("model.layers.0.mlp.down_proj", 4, 3.0),
                        org.assertj.core.api.Assertions.tuple("model.layers.1.self_attn.q_proj", 3, 4 / Math.sqrt(3)));
    }

    private static PeftAdapter read(String name) {
        return PeftAdapter.read(FAMILIES.resolve(name), name, architecture(name));
    }

    private static Path model(String name) {
        return Objects.requireNonNull(FAMILIES.resolve(name).getParent());
    }

    private static Architecture architecture(String name) {
        return ArchitectureReader.read(model(name).resolve("config.json"), "config.json");
    }

    private void assertLogits(PeftAdapter adapter, String name) {
        Architecture architecture = architecture(name);
        ModelDirectory model = new ModelDirectory(model(name), name, architecture);
        LoraTensors lora = LoraTensors.of(
                arena,
                adapter.layout(),
                0,
                module -> Objects.requireNonNull(adapter.weights().get(module)));
        Decoder decoder =
                Decoder.of(arena, architecture, BaseTensors.read(arena, architecture, model.weights()), lora, false);
        boolean nested = name.startsWith("gemma3/");
        Golden golden = new Golden(nested ? FAMILIES.resolve("gemma3_text") : model(name));
        float[][] logits = decoder.logits(List.of(golden.document(2))).get(0);
        float[] expected = new Golden(model(name), "adapters.safetensors")
                .floats(FAMILIES.resolve(name).getFileName() + ".logits");
        double bound = name.startsWith("llama/") ? 1e-5 : 3e-5;
        int next = 0;
        for (float[] row : logits) {
            for (float value : row) {
                assertThat(value).isCloseTo(expected[next], within((float)
                        (bound + 1.3e-6 * Math.abs(expected[next]))));
                next++;
            }
        }
        assertThat(next).isEqualTo(expected.length);
    }
}
