package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers in host memory against layers on the device. On a CPU both are the same memory, but each layer is still copied. */
class OffloadingTest {
    private static final List<String> FAMILIES = List.of("llama", "qwen2", "phi3", "gemma3_text");

    private final Arena arena = Torch.load("cpu", 1).arena();

    @TempDir
    Path directory;

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({"F32,", "F32, NF4_DOUBLE", "F32, INT8", "BF16,", "BF16, NF4"})
    void trainingAndAnswersHaveTheSameBytes(DType type, @Nullable Format format) {
        for (String family : FAMILIES) {
            for (String method : List.of("lora", "dora")) {
                Path path = TestModels.resource("/models/families/" + family);
                Run expected = run(path, type, format, method, false);
                Run found = run(path, type, format, method, true);
                assertThat(found.results())
                        .as(family)
                        .usingRecursiveComparison()
                        .isEqualTo(expected.results());
            }
        }
    }

    /** Forward, then back from the last layer, which is still there: each layer twice but that one. */
    @Test
    void aStepBringsEachLayerOnceForEachDirection() {
        Path path = TestModels.resource("/models/families/gemma3_text");
        int layers = architecture(path).dimensions().layers();
        assertThat(layers).isGreaterThan(2);
        assertThat(run(path, DType.F32, null, "lora", true).broughtByAStep()).isEqualTo(2L * layers - 1);
        assertThat(run(path, DType.F32, null, "lora", false).broughtByAStep()).isZero();
    }

    /** Such weights are bytes until their turn, so a product with weights that were not brought would fail. */
    @Test
    void bfloat16StaysInItsFile() throws IOException {
        Path source = TestModels.resource("/models/families/llama");
        SafetensorsFile stored = SafetensorsFile.open(source.resolve("model.safetensors"), "llama");
        Architecture architecture = architecture(source);
        BaseTensors whole = BaseTensors.read(arena, architecture, stored);
        Path file = directory.resolve("model.safetensors");
        BaseTensors.write(arena, architecture, whole, DType.BF16, file);
        Weights half = SafetensorsFile.open(file, "half");
        BaseTensors offloaded = new BaseReader(arena, architecture, half, null, DType.BF16, true).read();
        assertThat(offloaded.quantized()).isEmpty();
        assertThat(offloaded.tensors().get(2).shape())
                .as("bytes")
                .containsExactly(2
                        * whole.tensors().get(2).shape()[0]
                        * whole.tensors().get(2).shape()[1]);
        BaseTensors held = new BaseReader(arena, architecture, half, null, DType.BF16, false).read();
        assertThat(run(architecture, offloaded, "lora").results())
                .usingRecursiveComparison()
                .isEqualTo(run(architecture, held, "lora").results());
    }

    @Test
    void anAdapterIsMergedIntoLayersInHostMemory() {
        Path path = TestModels.resource("/models/families/llama");
        List<float[][]> merged = new ArrayList<>();
        for (boolean offload : List.of(false, true)) {
            BaseTensors base = read(path, DType.F32, null, offload);
            Architecture architecture = architecture(path);
            Decoder decoder = Decoder.of(arena, architecture, base, null, false);
            decoder.logits(List.of(new int[] {1, 5, 9}));
            LoraTensors lora = lora(architecture, base, "lora");
            fill(lora);
            Decoder.of(arena, architecture, base, lora, false).merge();
            merged.add(decoder.logits(List.of(new int[] {1, 5, 9})).get(0));
        }
        assertThat(merged.get(1)).isDeepEqualTo(merged.get(0));
    }

    @Test
    void isNeededWhereTheWeightsLeaveNoRoom() {
        long giga = 1L << 30;
        assertThat(Offloading.isNeeded(16 * giga, giga / 2, 24 * giga)).isFalse();
        assertThat(Offloading.isNeeded(16 * giga, giga / 2, 18 * giga)).isTrue();
        assertThat(Offloading.isNeeded(16 * giga, 9 * giga, 12 * giga))
                .as("one layer is most of the model")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"F32,", "F32, NF4_DOUBLE", "F32, INT8", "BF16, NF4"})
    void sizesAreThoseOfTheTensors(DType type, @Nullable Format format) {
        Path path = TestModels.resource("/models/families/qwen2");
        Weights weights = SafetensorsFile.open(path.resolve("model.safetensors"), "weights");
        BaseTensors base = read(path, type, format, false);
        long all = 0;
        for (int i = 0; i < base.tensors().size(); i++) {
            long elements = Arrays.stream(base.tensors().get(i).shape()).reduce(1, (a, b) -> a * b);
            all += elements * (base.quantized().containsKey(i) ? 1 : type.bytes());
        }
        Offloading sizes = Offloading.of(architecture(path), weights, format, type);
        assertThat(sizes.all()).isEqualTo(all);
        assertThat(sizes.largestLayer()).isGreaterThan(0).isLessThan(all / 2);
    }

    /** On a CPU, host and device are the same memory: only what stays in the file saves some. */
    @Test
    void savesMemoryOfACpuOnlyInTheTypeOfTheFile() {
        Path path = TestModels.resource("/models/families/llama");
        Weights weights = SafetensorsFile.open(path.resolve("model.safetensors"), "weights");
        assertThat(weights.tensor("model.layers.0.mlp.up_proj.weight").dtype()).isEqualTo(DType.F32);
        Architecture architecture = architecture(path);
        assertThat(Offloading.helps(true, architecture, weights, null, DType.BF16, 1))
                .isTrue();
        assertThat(Offloading.helps(true, architecture, weights, null, DType.BF16, 1L << 40))
                .isFalse();
        assertThat(Offloading.helps(false, architecture, weights, null, DType.BF16, 1))
                .isFalse();
    }

    private record Run(Map<String, Object> results, long broughtByAStep) {}

    private Run run(Path path, DType type, @Nullable Format format, String method, boolean offload) {
        return run(architecture(path), read(path, type, format, offload), method);
    }

    private Run run(Architecture architecture, BaseTensors base, String method) {
        LoraTensors lora = lora(architecture, base, method);
        fill(lora);
        Decoder decoder = Decoder.of(arena, architecture, base, lora, true);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        List<TokenSequence> sequences = List.of(new Golden(TestModels.resource("/models/families/llama")).sequence(1));
        Map<String, Object> results = new LinkedHashMap<>();
        long before = decoder.broughtLayers();
        decoder.accumulate(sequences, 1, 0, state);
        long brought = decoder.broughtLayers() - before;
        results.put("gradients", floats(state.gradients()));
        results.put("step", decoder.update(state, 13, 1e-2, 1, 0.1));
        results.put("adapter", floats(decoder.trained()));
        results.put("loss", decoder.loss(sequences));
        int[] prompt = {1, 7, 4, 30, 12, 9, 22, 3, 17, 41, 2, 5, 6, 8, 10, 11, 13, 14, 15, 16, 18};
        int[] other = prompt.clone();
        other[20] = 40;
        results.put("logits", decoder.logits(List.of(prompt, other)));
        results.put("answers", decoder.generate(List.of(prompt, other), 9, -1));
        results.put("hidden", decoder.hiddenStates(prompt));
        Continuation continuation = decoder.open(prompt, 4);
        results.put("one by one", List.of(continuation.next(), continuation.next()));
        return new Run(results, brought);
    }

    private BaseTensors read(Path path, DType type, @Nullable Format format, boolean offload) {
        Weights weights = SafetensorsFile.open(path.resolve("model.safetensors"), "weights");
        return new BaseReader(arena, architecture(path), weights, format, type, offload).read();
    }

    private LoraTensors lora(Architecture architecture, BaseTensors base, String method) {
        Decoder plain = Decoder.of(arena, architecture, base, null, false);
        LoraLayout layout = LoraLayout.declared(
                architecture,
                TestSpec.with("adapter.rank: 2", "adapter.method: " + method).adapter());
        return LoraTensors.initialize(arena, layout, 0, 3, plain::rowLengths);
    }

    /** B is zero at first, where an adapter has no effect. */
    private void fill(LoraTensors lora) {
        TensorParts parts = new TensorParts(arena);
        for (Tensor tensor : lora.tensors()) {
            if (tensor.shape().length == 2) {
                double[] next = {0};
                parts.fill(tensor, () -> 0.05 * Math.sin(next[0]++));
            }
        }
    }

    private static List<float[]> floats(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::toFloats).toList();
    }

    private static Architecture architecture(Path path) {
        return ArchitectureReader.read(path.resolve("config.json"), "config.json");
    }
}
