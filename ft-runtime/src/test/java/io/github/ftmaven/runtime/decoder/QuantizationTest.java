package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.Nf4;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantized weights against bitsandbytes: {@code tools/golden_quantized.py} wrote the tensors and the checkpoints. */
class QuantizationTest {
    private static final Path QUANTIZED = TestModels.resource("/models/quantized");
    private static final Path LLAMA = TestModels.resource("/models/families/llama");

    private final Arena arena = Torch.load("cpu", 1).arena();
    private final SafetensorsFile golden = SafetensorsFile.open(QUANTIZED.resolve("tensors.safetensors"), "golden");

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void theScalesOfScalesAreThoseOfBitsAndBytes() {
        float[] expected = floats("dynamic");
        assertThat(expected[0]).isEqualTo(-1); // on a CPU only
        expected[0] = -0.99296874f;
        assertThat(Nf4.dynamic()).containsExactly(expected);
    }

    /** The vector that the specification of NF4 gives: -1 to 1 in steps of 1/32. */
    @Test
    void aRampHasTheKnownCodes() {
        ByteBuffer bytes = quantize("ramp", "nf4");
        byte[] codes = new byte[32];
        bytes.get(codes);
        assertThat(HexFormat.of().formatHex(codes))
                .isEqualTo("000001111111122222333344455566677788999aaabbbccccddddeeeeeeeffff");
    }

    @ParameterizedTest
    @CsvSource({
        "ramp, nf4",
        "ramp, int8",
        "wide, nf4",
        "wide, nf4_double",
        "wide, int8",
        "half, nf4",
        "half, nf4_double",
        "half, int8",
        "odd, nf4",
        "odd, nf4_double",
        "odd, int8"
    })
    void everyByteIsThatOfBitsAndBytes(String name, String format) {
        ByteBuffer bytes = quantize(name, format);
        String prefix = name + "." + format;
        ByteBuffer expected = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(golden.bytes(prefix + ".packed"));
        if (format.equals("nf4_double")) {
            expected.put(golden.bytes(prefix + ".absmax"));
            expected.position((expected.position() + 3) / 4 * 4);
            expected.put(golden.bytes(prefix + ".nested_absmax")).put(golden.bytes(prefix + ".offset"));
        } else {
            expected.position((expected.position() + 3) / 4 * 4);
            expected.put(golden.bytes(prefix + ".absmax"));
        }
        assertThat(bytes).isEqualByComparingTo(expected.flip());
    }

    @ParameterizedTest
    @CsvSource({"wide, nf4, 128", "wide, nf4_double, 64", "odd, nf4, 64", "odd, nf4_double, 64", "odd, int8, 40"})
    void partsGiveTheBytesOfTheWhole(String name, String format, int elementsAtOnce) {
        assertThat(golden.tensor(name).elements()).isGreaterThan(elementsAtOnce);
        assertThat(quantize(name, format, elementsAtOnce)).isEqualByComparingTo(quantize(name, format));
    }

    @ParameterizedTest
    @CsvSource({"wide, nf4", "wide, nf4_double", "half, nf4_double", "odd, nf4", "odd, nf4_double", "odd, int8"})
    void everyValueComesBackAsFromBitsAndBytes(String name, String format) {
        float[] back = floats(name + "." + format + ".back");
        List<Long> shape = golden.tensor(name).shape();
        Format kind =
                format.equals("nf4_double") ? Format.NF4_DOUBLE_CPU : Format.valueOf(format.toUpperCase(Locale.ROOT));
        ByteBuffer bytes = quantize(name, format);
        Decoder decoder = llama(null, null);
        assertThat(decoder.dequantize(
                        arena.bytes(direct(bytes), bytes.remaining()),
                        kind,
                        shape.get(0).intValue(),
                        shape.get(1).intValue(),
                        golden.tensor(name + "." + format + ".back").dtype()))
                .containsExactly(back);
    }

    /** Saved by transformers, and what transformers computes with the dequantized weights in float32. */
    @ParameterizedTest
    @CsvSource({"nf4, 14", "nf4_plain, 14", "int8, 14", "head_nf4, 11", "head_int8, 11"})
    void aCheckpointOfBitsAndBytesIsRead(String name, int layers) {
        Path path = QUANTIZED.resolve(name);
        ModelDirectory model = model(path);
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights());
        assertThat(base.quantized()).hasSize(layers);
        Decoder decoder = Decoder.of(arena, model.architecture(), base, null, false);
        assertLogits(decoder, new Golden(LLAMA).document(2), new Golden(path).floats("logits"));
    }

    @ParameterizedTest
    @CsvSource({"nf4, F32", "nf4, BF16", "nf4_plain, F32", "int8, F32", "int8, BF16"})
    void dequantizedWeightsGiveTheSameBits(String name, DType type) {
        ModelDirectory model = model(QUANTIZED.resolve(name));
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights(), null, type);
        List<int[]> prompts = List.of(new Golden(LLAMA).document(2), new Golden(LLAMA).document(1));
        Decoder quantized = Decoder.of(arena, model.architecture(), base, null, false);
        List<float[][]> logits = quantized.logits(prompts);
        List<int[]> answers = quantized.generate(prompts, 12, -1);
        long bytes = DequantizedBase.bytes(model.architecture(), base);
        assertThat(DequantizedBase.of(arena, model.architecture(), base, 2 * bytes - 1))
                .as("no room")
                .isSameAs(base);

        BaseTensors whole = DequantizedBase.of(arena, model.architecture(), base, 2 * bytes);
        assertThat(whole.isQuantized()).isFalse();
        Decoder dequantized = Decoder.of(arena, model.architecture(), whole, null, false);
        assertThat(dequantized.logits(prompts)).usingRecursiveComparison().isEqualTo(logits);
        assertThat(dequantized.generate(prompts, 12, -1))
                .usingRecursiveComparison()
                .isEqualTo(answers);
    }

    /** The same of the text part of a model that also sees, under both names that it may have. */
    @ParameterizedTest
    @CsvSource({
        "seeing_nf4, language_model.model.",
        "seeing_int8, language_model.model.",
        "seeing_nf4, model.language_model.",
        "seeing_int8, model.language_model."
    })
    void theTextPartOfAQuantizedModelIsRead(String name, String prefix, @TempDir Path renamed) throws IOException {
        Path path = QUANTIZED.resolve(name);
        SafetensorsFile stored = SafetensorsFile.open(path.resolve("model.safetensors"), name);
        Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
        stored.tensors()
                .forEach((tensor, info) -> tensors.put(
                        tensor.replace("language_model.model.", prefix),
                        new SafetensorsWriter.Tensor(info.dtype(), info.shape(), () -> stored.bytes(tensor))));
        SafetensorsWriter.write(renamed.resolve("model.safetensors"), tensors);
        Files.copy(path.resolve("config.json"), renamed.resolve("config.json"));
        ModelDirectory model = model(renamed);
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights());
        assertThat(base.quantized()).hasSize(6 * 7);
        Decoder decoder = Decoder.of(arena, model.architecture(), base, null, false);
        Golden text = new Golden(TestModels.resource("/models/families/gemma3_text"));
        assertLogits(decoder, text.document(2), new Golden(path).floats("logits"));
    }

    /** The same format from the weights as they were: what the checkpoint holds is what the runtime makes itself. */
    @ParameterizedTest
    @CsvSource({"nf4_plain, NF4", "int8, INT8"})
    void quantizesAsTheCheckpointWas(String name, Format format) {
        ModelDirectory stored = model(QUANTIZED.resolve(name));
        BaseTensors expected = BaseTensors.read(arena, stored.architecture(), stored.weights());
        ModelDirectory original = model(LLAMA);
        BaseTensors own = BaseTensors.read(arena, original.architecture(), original.weights(), format, DType.F32);
        assertThat(own.quantized().keySet()).isEqualTo(expected.quantized().keySet());
        for (int place : own.quantized().keySet()) {
            assertThat(own.tensors().get(place).toBytes())
                    .isEqualByComparingTo(expected.tensors().get(place).toBytes());
        }
    }

    /** Layer by layer, so that few weights are dequantized at once; with the gradients of float32 weights. */
    @Test
    void gradientsOfAnAdapterAreThoseOfTheDequantizedModel() {
        ModelDirectory model = model(LLAMA);
        Architecture architecture = model.architecture();
        BaseTensors quantized = BaseTensors.read(arena, architecture, model.weights(), Format.NF4_DOUBLE, DType.F32);
        Decoder plain = Decoder.of(arena, architecture, quantized, null, false);
        LoraTensors lora = adapter(architecture);
        List<Tensor> dequantized = new ArrayList<>(quantized.tensors());
        lora.layout().modules().forEach(module -> {
            List<String> names = io.github.ftmaven.runtime.model.WeightLayout.of(architecture)
                    .names();
            dequantized.set(
                    names.indexOf(module.name() + ".weight"),
                    arena.floats(plain.weight(module), module.out(), module.in()));
        });
        BaseTensors floats = new BaseTensors(dequantized, java.util.Map.of(), DType.F32);
        List<float[]> expected = gradients(Decoder.of(arena, architecture, floats, lora, false));
        for (boolean recompute : List.of(true, false)) {
            List<float[]> found = gradients(Decoder.of(arena, architecture, quantized, lora, recompute));
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-5f));
            }
        }
    }

    /** A head of bitsandbytes is dequantized once, and gradients flow through it. */
    @ParameterizedTest
    @CsvSource({"head_nf4, F32", "head_int8, F32", "head_nf4, BF16", "head_int8, BF16"})
    void anAdapterLearnsBelowAQuantizedHead(String name, DType type) {
        ModelDirectory model = model(QUANTIZED.resolve(name));
        Architecture architecture = model.architecture();
        BaseTensors base = BaseTensors.read(arena, architecture, model.weights(), null, type);
        Decoder decoder = Decoder.of(arena, architecture, base, adapter(architecture), true);
        assertThat(gradients(decoder))
                .allSatisfy(gradient -> assertThat(gradient)
                        .isNotEqualTo(new float[gradient.length])
                        .doesNotContain(Float.NaN));
    }

    @Test
    void refusesOneFormatForAnother() {
        ModelDirectory model = model(QUANTIZED.resolve("int8"));
        assertThatThrownBy(() -> BaseTensors.read(arena, model.architecture(), model.weights(), Format.NF4, DType.F32))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("these weights are already quantized as int8.");
    }

    private List<float[]> gradients(Decoder decoder) {
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        Golden documents = new Golden(LLAMA);
        decoder.accumulate(List.of(documents.sequence(1), documents.sequence(2)), 0, 0, state);
        return state.gradients().stream().map(Tensor::toFloats).toList();
    }

    private LoraTensors adapter(Architecture architecture) {
        PeftAdapter adapter = PeftAdapter.read(LLAMA.resolve("adapter"), "adapter", architecture);
        return LoraTensors.of(
                arena,
                adapter.layout(),
                0,
                module -> Objects.requireNonNull(adapter.weights().get(module)));
    }

    private Decoder llama(@Nullable Format format, @Nullable LoraTensors lora) {
        ModelDirectory model = model(LLAMA);
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights(), format, DType.F32);
        return Decoder.of(arena, model.architecture(), base, lora, false);
    }

    private static ModelDirectory model(Path path) {
        Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), "config.json");
        return new ModelDirectory(path, path.getFileName().toString(), architecture);
    }

    private static void assertLogits(Decoder decoder, int[] document, float[] expected) {
        int next = 0;
        double largest = 0;
        for (float[] row : decoder.logits(List.of(document)).get(0)) {
            for (float value : row) {
                largest = Math.max(largest, Math.abs(value - expected[next]));
                assertThat(value).isCloseTo(expected[next], within((float) (1e-5 + 1.3e-6 * Math.abs(expected[next]))));
                next++;
            }
        }
        assertThat(next).isEqualTo(expected.length);
        System.out.printf(Locale.ROOT, "largest difference %.1e%n", largest);
    }

    private ByteBuffer quantize(String name, String format) {
        return quantize(name, format, 1 << 20);
    }

    private ByteBuffer quantize(String name, String format, int elementsAtOnce) {
        List<Long> shape = golden.tensor(name).shape();
        Format kind = format.equals("nf4_double") ? Format.NF4_DOUBLE : Format.valueOf(format.toUpperCase(Locale.ROOT));
        try (Quantizer quantizer = new Quantizer(arena, Conversion.load(arena), kind, shape.get(0), shape.get(1))) {
            assertThat(new TensorParts(arena, elementsAtOnce).each(golden, name, quantizer.multiple(), quantizer))
                    .isTrue();
            return quantizer.finish().toBytes();
        }
    }

    private float[] floats(String name) {
        DType type = golden.tensor(name).dtype();
        float[] values = new float[(int) golden.tensor(name).elements()];
        io.github.ftmaven.runtime.model.Floats.decode(golden.bytes(name), type).get(values);
        return values;
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes.duplicate())
                .flip();
    }
}
