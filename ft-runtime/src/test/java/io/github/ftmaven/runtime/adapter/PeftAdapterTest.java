package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.SafetensorsWriter.Tensor;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeftAdapterTest {
    private static final Architecture BASE = TestModels.tinyArchitecture();
    private static final String FIRST_A = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

    @TempDir
    Path directory;

    @Test
    void readsWhatPeftWrote() {
        PeftAdapter adapter = golden();
        assertThat(adapter.layout().modules()).hasSize(14);
        assertThat(adapter.weights().keySet())
                .containsExactlyElementsOf(adapter.layout().modules());
        LoraModule last = adapter.layout().modules().get(13);
        assertThat(last.name()).isEqualTo("model.layers.1.mlp.down_proj");
        LoraWeights weights = Objects.requireNonNull(adapter.weights().get(last));
        assertThat(weights.a().remaining()).isEqualTo(4 * 40);
        assertThat(weights.b().remaining()).isEqualTo(32 * 4);
        SafetensorsFile file =
                SafetensorsFile.open(TestModels.tinyLlamaAdapter().resolve(PeftAdapter.WEIGHTS), "golden");
        assertThat(weights.b()).isEqualTo(file.bytes(last.tensorB()).asFloatBuffer());
        assertThat(weights.b().get(0)).isNotZero();
    }

    @Test
    void writesTheBytesThatPeftWrites() throws IOException {
        PeftAdapter golden = golden();
        Path written = directory.resolve("new/adapter");
        PeftAdapter.write(
                written,
                golden.config(),
                golden.layout(),
                module -> Objects.requireNonNull(golden.weights().get(module)),
                DType.F32);
        assertThat(written.resolve(PeftAdapter.WEIGHTS))
                .hasSameBinaryContentAs(TestModels.tinyLlamaAdapter().resolve(PeftAdapter.WEIGHTS));
        assertThat(PeftAdapter.read(written, "a", BASE)).isEqualTo(golden);
        assertThat(written).isDirectoryNotContaining("glob:**.part");
    }

    /** Its weights are float32 all the same, and PEFT ignores the metadata. */
    @Test
    void saysInWhichPrecisionItWasTrained() throws IOException {
        PeftAdapter golden = golden();
        assertThat(golden.precision()).isEqualTo(DType.F32);
        assertThat(PeftAdapter.precision(TestModels.tinyLlamaAdapter(), "a")).isEqualTo(DType.F32);
        PeftAdapter.write(
                directory,
                golden.config(),
                golden.layout(),
                module -> Objects.requireNonNull(golden.weights().get(module)),
                DType.BF16);
        assertThat(PeftAdapter.precision(directory, "a")).isEqualTo(DType.BF16);
        PeftAdapter read = PeftAdapter.read(directory, "a", BASE);
        assertThat(read.precision()).isEqualTo(DType.BF16);
        assertThat(read.weights()).isEqualTo(golden.weights());
        SafetensorsFile file = SafetensorsFile.open(directory.resolve(PeftAdapter.WEIGHTS), "a");
        assertThat(file.metadata()).containsEntry("format", "pt").containsEntry("precision", "bfloat16");
        SafetensorsWriter.write(directory.resolve(PeftAdapter.WEIGHTS), Map.of(), Map.of("precision", "float8"));
        assertThatThrownBy(() -> PeftAdapter.precision(directory, "a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a/adapter_model.safetensors: its metadata says that it was trained in the precision"
                        + " float8; supported precisions are float32 and bfloat16.");
    }

    @Test
    void refusesWeightsOfAnotherShapeWhenWriting() {
        PeftAdapter golden = golden();
        LoraWeights wrong = new LoraWeights(FloatBuffer.allocate(3), FloatBuffer.allocate(3));
        assertThatThrownBy(() ->
                        PeftAdapter.write(directory, golden.config(), golden.layout(), module -> wrong, DType.F32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot have 12 bytes");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        Path noWeights = TestModels.copy(TestModels.tinyLlamaAdapter(), directory.resolve("a"), PeftAdapter.WEIGHTS);
        assertRefused(noWeights, BASE, "a/adapter_model.safetensors: no such file.");
        Path noConfig = TestModels.copy(TestModels.tinyLlamaAdapter(), directory.resolve("b"), PeftAdapter.CONFIG);
        assertRefused(noConfig, BASE, "a/adapter_config.json: no such file.");
    }

    @Test
    void refusesTensorsThatAreMissingOrHaveNoPlace() throws IOException {
        assertRefused(
                with(tensors -> tensors.remove(FIRST_A)),
                BASE,
                "a/adapter_model.safetensors: the tensor " + FIRST_A + " is missing.");
        assertRefused(
                with(tensors -> tensors.put("base_model.model.lm_head.weight", tensor(tensors))),
                BASE,
                "a/adapter_model.safetensors: the tensor base_model.model.lm_head.weight changes the embedding or the"
                        + " head, but only linear layers of the decoder are supported.");
        String surplus = "base_model.model.model.layers.2.mlp.up_proj.lora_A.weight";
        assertRefused(
                with(tensors -> tensors.put(surplus, tensor(tensors))),
                BASE,
                "a/adapter_model.safetensors: the tensor " + surplus + " belongs to no module that"
                        + " adapter_config.json targets in this base model, so it would be ignored.");
    }

    @Test
    void saysOfWhatPartOfAModelATensorIs() throws IOException {
        String sees = "base_model.model.model.vision_tower.encoder.layers.0.self_attn.q_proj.lora_A.weight";
        assertRefused(
                with(tensors -> tensors.put(sees, tensor(tensors))),
                BASE,
                "a/adapter_model.safetensors: the tensor " + sees
                        + " belongs to the vision part of the model, which is not supported, so it would be lost.");
    }

    @Test
    void refusesAnAdapterOfAnotherBase() {
        Dimensions dimensions = BASE.dimensions();
        assertRefused(
                TestModels.tinyLlamaAdapter(),
                withDimensions(new Dimensions(288, 64, 2, dimensions.intermediateSize())),
                "a/adapter_model.safetensors: the tensor " + FIRST_A
                        + " has the shape [4, 32], but this base model needs"
                        + " [4, 64]. Was the adapter trained on another base?");
        assertRefused(
                TestModels.tinyLlamaAdapter(),
                withDimensions(new Dimensions(288, 32, 1, dimensions.intermediateSize())),
                "a/adapter_model.safetensors: the tensor base_model.model.model.layers.1.mlp.down_proj.lora_A.weight"
                        + " belongs to no module that adapter_config.json targets in this base model");
    }

    @Test
    void refusesTensorsThatAreNoFloats() throws IOException {
        assertRefused(
                with(tensors -> tensors.replace(
                        FIRST_A, new Tensor(DType.I16, List.of(4L, 32L), () -> ByteBuffer.allocate(256)))),
                BASE,
                "a/adapter_model.safetensors: the tensor " + FIRST_A
                        + " is of type I16; supported types are F32, F16 and BF16.");
    }

    @Test
    void refusesValuesThatAreNotFinite() throws IOException {
        assertRefused(
                with(tensors -> tensors.replace(
                        FIRST_A,
                        new Tensor(
                                DType.BF16,
                                List.of(4L, 32L),
                                () -> ByteBuffer.allocate(256)
                                        .put(77, (byte) 0x7f)
                                        .put(76, (byte) 0x80)))),
                BASE,
                "a/adapter_model.safetensors: the tensor " + FIRST_A + " holds values that are not finite");
    }

    private static PeftAdapter golden() {
        return PeftAdapter.read(TestModels.tinyLlamaAdapter(), "golden", BASE);
    }

    private static Architecture withDimensions(Dimensions dimensions) {
        return new Architecture(
                BASE.family(),
                dimensions,
                BASE.attention(),
                BASE.rope(),
                BASE.norm(),
                BASE.activation(),
                BASE.embedding(),
                BASE.specialTokens(),
                BASE.parameters());
    }

    /** A copy of PEFT's adapter with other tensors. */
    private Path with(Consumer<Map<String, Tensor>> change) throws IOException {
        Path path = Files.createTempDirectory(directory, "a");
        Path golden = TestModels.tinyLlamaAdapter();
        TestModels.copy(golden, path, PeftAdapter.WEIGHTS);
        SafetensorsFile file = SafetensorsFile.open(golden.resolve(PeftAdapter.WEIGHTS), "golden");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        file.tensors()
                .forEach((name, info) ->
                        tensors.put(name, new Tensor(info.dtype(), info.shape(), () -> file.bytes(name))));
        change.accept(tensors);
        SafetensorsWriter.write(path.resolve(PeftAdapter.WEIGHTS), tensors);
        return path;
    }

    private static Tensor tensor(Map<String, Tensor> tensors) {
        return Objects.requireNonNull(tensors.get(FIRST_A));
    }

    private static void assertRefused(Path adapter, Architecture base, String message) {
        assertThatThrownBy(() -> PeftAdapter.read(adapter, "a", base))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }
}
