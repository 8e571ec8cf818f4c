package io.github.ftmaven.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Floats;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedModelTest {
    private static final Path TINY = TestModels.resource("/models/tiny-llama");

    @TempDir
    Path directory;

    /** {@code FamilyTest} compares the engine's merging with PEFT's. */
    @ParameterizedTest
    @CsvSource({
        "llama, adapter",
        "llama, dora",
        "llama, patterns",
        "mistral, adapter",
        "qwen2, adapter",
        "qwen3, adapter",
        "phi3, adapter",
        "phi3, dora",
        "gemma, adapter",
        "gemma2, adapter",
        "gemma3_text, adapter"
    })
    void mergesAsTheEngineDoes(String family, String which) throws IOException {
        Path path = TestModels.resource("/models/families/" + family);
        Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), family);
        ModelDirectory model = new ModelDirectory(path, family, architecture);
        PeftAdapter adapter = PeftAdapter.read(path.resolve(which), which, architecture);
        MergedWeights merged = new MergedWeights(model, adapter);
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            BaseTensors base = BaseTensors.read(arena, architecture, model.weights());
            LoraTensors lora = LoraTensors.of(
                    arena,
                    adapter.layout(),
                    0,
                    module -> Objects.requireNonNull(adapter.weights().get(module)));
            Decoder.of(arena, architecture, base, lora, false).merge();
            int i = 0;
            for (String name : merged.names()) {
                float[] expected = base.tensors().get(i++).toFloats();
                float[] values = read(merged, name);
                assertThat(values).as(name).hasSameSizeAs(expected);
                for (int n = 0; n < values.length; n++) {
                    assertThat(values[n]).as(name).isCloseTo(expected[n], within(1e-6f));
                }
            }
        }
    }

    @Test
    void isADirectoryThatIsReadAgain() throws IOException {
        MergedWeights merged = tiny();
        MergedModel.write(merged, served(), directory, 5_000_000_000L);
        assertThat(names(directory))
                .containsExactly(
                        "config.json",
                        "generation_config.json",
                        "model.safetensors",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(Files.readString(directory.resolve("config.json")))
                .isEqualTo(Files.readString(TINY.resolve("config.json")).replace("\"float32\"", "\"bfloat16\""));
        assertThat(directory.resolve("tokenizer.json")).hasSameBinaryContentAs(TINY.resolve("tokenizer.json"));

        Weights again = ModelDirectory.open(directory, "merged").weights();
        for (String name : merged.names()) {
            assertThat(again.tensor(name).dtype()).isEqualTo(DType.BF16);
            FloatBuffer rounded = Floats.decode(again.bytes(name), DType.BF16);
            for (float value : read(merged, name)) {
                assertThat(rounded.get()).isCloseTo(value, within(Math.abs(value) / 256));
            }
        }
    }

    @Test
    void hasEveryFileOfTheTokenizer() throws IOException {
        Path base = Files.createDirectory(directory.resolve("base"));
        List<String> tokenizer =
                List.of("added_tokens.json", "merges.txt", "special_tokens_map.json", "tokenizer.model", "vocab.json");
        for (String name : names(TINY)) {
            Files.copy(TINY.resolve(name), base.resolve(name));
        }
        for (String name : tokenizer) {
            Files.writeString(base.resolve(name), "{}");
        }
        Files.writeString(
                base.resolve("config.json"),
                Files.readString(TINY.resolve("config.json"))
                        .replace("\"dtype\"", "\"torch_dtype\": \"float32\", \"dtype\""));
        Path merged = Files.createDirectory(directory.resolve("merged"));
        MergedModel.write(new MergedWeights(ModelDirectory.open(base, "base"), null), served(), merged, 20_000);
        assertThat(names(merged)).containsAll(tokenizer);
        assertThat(Files.readString(merged.resolve("config.json")))
                .contains("\"torch_dtype\": \"bfloat16\",\n  \"dtype\": \"bfloat16\"");
    }

    @Test
    void isSplitIntoShardsAsTransformersSplitsThem() throws IOException {
        MergedModel.write(tiny(), served(), directory, 20_000);
        assertThat(names(directory))
                .contains("model-00001-of-00005.safetensors", "model.safetensors.index.json")
                .doesNotContain("model.safetensors");
        assertThat(Files.readString(directory.resolve("model.safetensors.index.json")))
                .startsWith("""
                        {
                          "metadata": {
                            "total_parameters": 38560,
                            "total_size": 77120
                          },
                          "weight_map": {
                            "lm_head.weight": "model-00005-of-00005.safetensors",
                        """);
        for (String name : names(directory)) {
            assertThat(directory.resolve(name).toFile().length()).isLessThan(22_000);
        }
        assertThat(ModelDirectory.open(directory, "merged").weights().tensors()).hasSize(21);
    }

    @Test
    void isTheSameToTheByteEachTime() throws IOException {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        MergedModel.write(tiny(), served(), first, 20_000);
        MergedModel.write(tiny(), served(), second, 20_000);
        for (String name : names(first)) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void refusesWhatIsQuantizedAndWhatIsPartOfMore() {
        Path nf4 = TestModels.resource("/models/quantized/nf4");
        ModelDirectory quantized =
                new ModelDirectory(nf4, "base", ArchitectureReader.read(nf4.resolve("config.json"), "c"));
        assertThatThrownBy(() -> new MergedWeights(quantized, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is quantized, but an adapter can only be merged into the original weights.");
        Path gemma3 = TestModels.resource("/models/families/gemma3");
        ModelDirectory nested =
                new ModelDirectory(gemma3, "g", ArchitectureReader.read(gemma3.resolve("config.json"), "g"));
        assertThatThrownBy(() -> MergedWeights.check(nested))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("g: only its text part would be merged, which no program can load. Package the"
                        + " adapter alone (peft), or use a model of type gemma3_text.");
    }

    static MergedWeights tiny() {
        ModelDirectory model = ModelDirectory.open(TINY, "base");
        return new MergedWeights(
                model,
                PeftAdapter.read(TestModels.resource("/models/tiny-llama-adapter"), "adapter", model.architecture()));
    }

    private static ServedFiles served() {
        return ServedFiles.of(ModelDirectory.open(TINY, "base"), Optional.empty(), 1);
    }

    private static float[] read(MergedWeights weights, String name) throws IOException {
        int size = Math.toIntExact(weights.shape(name).stream().reduce(1L, (a, b) -> a * b));
        FloatBuffer all = FloatBuffer.allocate(size);
        int width = Math.toIntExact(weights.shape(name).get(weights.shape(name).size() - 1));
        weights.read(name, 1, (values, rows) -> all.put(values, 0, rows * width));
        return all.array();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
