package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every family in bfloat16 against transformers and PEFT in bfloat16: {@code tools/golden_bfloat16.py} wrote what they
 * computed, and the same in float32 with the same rounded weights.
 */
class BrainFloatTest {
    private static final int END = -1; // no token: decoding goes on to its limit

    private final Arena arena = Torch.load("cpu", 1).arena();

    @AfterEach
    void free() {
        arena.close();
    }

    /** One checkpoint and what was computed with it. */
    private final class Family {
        final String name;
        final ModelDirectory model;
        final Golden documents;
        final Golden golden;

        Family(String name) {
            this.name = name;
            Path path = TestModels.resource("/models/families/" + name);
            Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), name + "/config.json");
            model = new ModelDirectory(path, name, architecture);
            documents = new Golden(path);
            golden = new Golden(path, "bfloat16.safetensors");
        }

        BaseTensors weights() {
            return BaseTensors.read(arena, model.architecture(), model.weights(), null, DType.BF16);
        }

        Decoder decoder(@Nullable LoraTensors adapter, boolean recompute) {
            return Decoder.of(arena, model.architecture(), weights(), adapter, recompute);
        }

        LoraTensors adapter(String which, double dropout) {
            PeftAdapter adapter =
                    PeftAdapter.read(model.path().resolve(which), name + "/" + which, model.architecture());
            return LoraTensors.of(
                    arena,
                    adapter.layout(),
                    dropout,
                    module -> Objects.requireNonNull(adapter.weights().get(module)));
        }

        LoraTensors adapter() {
            return adapter("adapter", 0);
        }

        List<TokenSequence> sequences() {
            return List.of(documents.sequence(1), documents.sequence(2));
        }

        int tokens() {
            return sequences().stream().mapToInt(TokenSequence::supervisedCount).sum();
        }

        /** Not much farther from float32 than they are, and near to them. */
        void assertNear(List<float[]> actual, List<String> keys, String what) {
            double own = 0;
            double theirs = 0;
            double between = 0;
            double square = 0;
            for (int k = 0; k < keys.size(); k++) {
                float[] exact = golden.floats("exact." + keys.get(k));
                float[] half = golden.floats("half." + keys.get(k));
                assertThat(actual.get(k)).hasSameSizeAs(exact);
                for (int i = 0; i < exact.length; i++) {
                    own += Math.pow(actual.get(k)[i] - exact[i], 2);
                    theirs += Math.pow(half[i] - exact[i], 2);
                    between += Math.pow(actual.get(k)[i] - half[i], 2);
                    square += Math.pow(exact[i], 2);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: error %.2f of transformers', NMSE %.1e to float32, %.1e to transformers%n",
                    name,
                    what,
                    Math.sqrt(own / theirs),
                    own / square,
                    between / square);
            assertThat(own).as(name + ", " + what).isPositive();
            assertThat(Math.sqrt(own)).as(name + ", " + what).isLessThan(2 * Math.sqrt(theirs));
            assertThat(own / square).as(name + ", " + what).isLessThan(1e-2);
        }
    }

    private static float[] last(float[][] rows, int count) {
        List<float[]> kept = Arrays.asList(rows).subList(rows.length - count, rows.length);
        float[] all = new float[count * kept.get(0).length];
        for (int r = 0; r < count; r++) {
            System.arraycopy(kept.get(r), 0, all, r * kept.get(r).length, kept.get(r).length);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void logits(String name) {
        Family family = new Family(name);
        int[] document = family.documents.document(2);
        int[] longer = family.golden.ints("long.ids");
        for (boolean adapted : List.of(false, true)) {
            Decoder decoder = family.decoder(adapted ? family.adapter() : null, false);
            String what = adapted ? "adapter" : "base";
            float[][] rows = decoder.logits(List.of(document)).get(0);
            family.assertNear(List.of(last(rows, rows.length)), List.of(what + ".logits"), what);
            family.assertNear(
                    List.of(last(decoder.logits(List.of(longer)).get(0), 8)), List.of(what + ".long"), what + ", long");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void gradientsAndLossesOfSteps(String name) {
        Family family = new Family(name);
        for (boolean recompute : List.of(true, false)) {
            LoraTensors lora = family.adapter();
            Decoder decoder = family.decoder(lora, recompute);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            decoder.accumulate(family.sequences(), 0, 0, state);
            List<float[]> gradients = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < lora.layout().modules().size(); i++) {
                LoraModule module = lora.layout().modules().get(i);
                keys.addAll(List.of("gradient." + module.tensorA(), "gradient." + module.tensorB()));
                gradients.addAll(List.of(
                        mean(state.gradients().get(2 * i), family.tokens()),
                        mean(state.gradients().get(2 * i + 1), family.tokens())));
            }
            family.assertNear(gradients, keys, "gradients");

            float[] half = family.golden.floats("half.losses");
            float[] exact = family.golden.floats("exact.losses");
            for (int step = 0; step < half.length; step++) {
                if (step > 0) {
                    decoder.accumulate(family.sequences(), 0, 0, state);
                }
                double loss =
                        decoder.update(state, family.tokens(), 1e-2, 1.0, 0.01).loss() / family.tokens();
                assertThat(loss)
                        .as("%s, step %d: %s in float32, %s of PEFT", name, step, exact[step], half[step])
                        .isCloseTo(exact[step], within(2 * Math.abs(half[step] - exact[step]) + 0.01 * exact[step]));
            }
        }
    }

    private static float[] mean(Tensor sum, int tokens) {
        float[] mean = sum.toFloats();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= tokens;
        }
        return mean;
    }

    /** A second run, and one that recomputes layers, end in the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "phi3"})
    void trainingRepeats(String name) {
        Family family = new Family(name);
        for (double dropout : new double[] {0, 0.1}) {
            List<float[]> first = trained(family, family.adapter("adapter", dropout), false);
            assertThat(first).isNotEqualTo(trained(family, null, false));
            for (boolean recompute : List.of(false, true)) {
                List<float[]> again = trained(family, family.adapter("adapter", dropout), recompute);
                for (int i = 0; i < first.size(); i++) {
                    assertThat(again.get(i)).containsExactly(first.get(i));
                }
            }
        }
    }

    /** The adapter after some steps; as it was for null. */
    private List<float[]> trained(Family family, @Nullable LoraTensors lora, boolean recompute) {
        if (lora == null) {
            return family.adapter().tensors().stream().map(Tensor::toFloats).toList();
        }
        Decoder decoder = family.decoder(lora, recompute);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        for (int step = 0; step < 3; step++) {
            decoder.accumulate(family.sequences(), 1, step, state);
            decoder.update(state, family.tokens(), 1e-2, 1.0, 0.01);
        }
        return lora.tensors().stream().map(Tensor::toFloats).toList();
    }

    /** Steps far below the distance of bfloat16 values add up. */
    @Test
    void smallStepsAreNotRoundedAway() {
        Family family = new Family("llama");
        LoraTensors lora = family.adapter();
        float[] before = lora.tensors().get(0).toFloats();
        Decoder decoder = family.decoder(lora, false);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        for (int step = 0; step < 10; step++) {
            decoder.accumulate(family.sequences(), 0, 0, state);
            decoder.update(state, family.tokens(), 1e-6, 0, 0);
        }
        float[] after = lora.tensors().get(0).toFloats();
        for (int i = 0; i < after.length; i++) {
            assertThat(Math.abs(after[i] - before[i])).isBetween(1e-7f, 1.1e-5f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void greedyDecodingFollowsTheLogits(String name) {
        Family family = new Family(name);
        Decoder decoder = family.decoder(family.adapter(), false);
        // Beyond the border of phi3's contexts, so that all tokens are rotated in one way
        int[] prompt = Arrays.copyOf(family.documents.document(2), 20);
        int[] answer = decoder.generate(List.of(Arrays.copyOf(prompt, 18), prompt), 16, END)
                .get(1);
        int[] whole = Arrays.copyOf(prompt, prompt.length + answer.length);
        System.arraycopy(answer, 0, whole, prompt.length, answer.length);
        float[][] logits = decoder.logits(List.of(whole)).get(0);
        for (int i = 0; i < answer.length; i++) {
            float[] row = logits[prompt.length - 1 + i];
            float largest = Float.NEGATIVE_INFINITY;
            for (float value : row) {
                largest = Math.max(largest, value);
            }
            assertThat(row[answer[i]]).as("%s, token %d", name, i).isCloseTo(largest, within(0.1f));
        }
    }

    /** What sequences begin with is computed once: their losses are those of each of them alone. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "phi3", "gemma2", "gemma3_text"})
    void sequencesAreScoredBehindACommonPrefix(String name) {
        Family family = new Family(name);
        Decoder decoder = family.decoder(family.adapter(), false);
        TokenSequence sequence = family.documents.sequence(2);
        int[] ids = sequence.ids().clone();
        ids[ids.length - 1] = 3 + (ids[ids.length - 1] + 1) % 90;
        List<TokenSequence> both = List.of(sequence, new TokenSequence(ids, sequence.supervised()));
        double[] together = Scoring.losses(decoder, both);
        for (int i = 0; i < both.size(); i++) {
            double alone = decoder.loss(List.of(both.get(i)));
            assertThat(together[i]).isCloseTo(alone, within(0.01 * alone));
        }
    }

    @Test
    void aBaseTakesTwoBytesAParameter() {
        Family family = new Family("gemma3_text");
        assertThat(new TreeSet<>(family.weights().widths(arena))).containsExactly(2);
        assertThat(new TreeSet<>(BaseTensors.read(arena, family.model.architecture(), family.model.weights())
                        .widths(arena)))
                .containsExactly(4);
        BaseTensors random = BaseTensors.initialize(arena, family.model.architecture(), 1, null, DType.BF16);
        assertThat(new TreeSet<>(random.widths(arena))).containsExactly(2);
        assertThat(family.decoder(null, false).cacheBytes())
                .isEqualTo(Decoder.of(
                                        arena,
                                        family.model.architecture(),
                                        BaseTensors.read(arena, family.model.architecture(), family.model.weights()),
                                        null,
                                        false)
                                .cacheBytes()
                        / 2);
    }

    /** Quantized weights are the same bytes as beside float32; what they become is rounded. */
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"NF4_DOUBLE", "INT8"})
    void quantizedWeightsAreDequantizedIntoBfloat16(Format format) {
        Family family = new Family("llama");
        Architecture architecture = family.model.architecture();
        BaseTensors half = BaseTensors.read(arena, architecture, family.model.weights(), format, DType.BF16);
        BaseTensors single = BaseTensors.read(arena, architecture, family.model.weights(), format, DType.F32);
        for (int place : half.quantized().keySet()) {
            assertThat(half.tensors().get(place).toBytes())
                    .isEqualByComparingTo(single.tensors().get(place).toBytes());
        }
        LoraTensors lora = family.adapter();
        Decoder decoder = Decoder.of(arena, architecture, half, lora, true);
        float[][] expected = Decoder.of(arena, architecture, single, lora, true)
                .logits(List.of(family.documents.document(2)))
                .get(0);
        float[][] found = decoder.logits(List.of(family.documents.document(2))).get(0);
        double error = 0;
        double square = 0;
        for (int t = 0; t < found.length; t++) {
            for (int v = 0; v < found[t].length; v++) {
                error += Math.pow(found[t][v] - expected[t][v], 2);
                square += Math.pow(expected[t][v], 2);
            }
        }
        assertThat(error / square).isBetween(1e-9, 1e-3);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        decoder.accumulate(family.sequences(), 0, 0, state);
        assertThat(decoder.update(state, family.tokens(), 1e-2, 1.0, 0).norm()).isPositive();
    }

    /** Both ways through DoRA, and its magnitudes stay float32. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "phi3"})
    void doraIsNearFloat32(String name) {
        Family family = new Family(name);
        float[] exact = family.documents.floats("dora.logits.2");
        for (double dropout : new double[] {0, 1e-30}) {
            LoraTensors lora = family.adapter("dora", dropout);
            Decoder decoder = family.decoder(lora, false);
            float[][] rows =
                    decoder.logits(List.of(family.documents.document(2))).get(0);
            float[] found = last(rows, rows.length);
            double error = 0;
            double square = 0;
            for (int i = 0; i < exact.length; i++) {
                error += Math.pow(found[i] - exact[i], 2);
                square += Math.pow(exact[i], 2);
            }
            assertThat(error / square).isBetween(1e-9, 1e-3);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            float[] magnitude = lora.tensors().get(2).toFloats();
            decoder.accumulate(family.sequences(), 0, 0, state);
            decoder.update(state, family.tokens(), 1e-5, 1.0, 0);
            float[] moved = lora.tensors().get(2).toFloats();
            for (int i = 0; i < moved.length; i++) {
                assertThat(Math.abs(moved[i] - magnitude[i])).isBetween(1e-6f, 1.2e-5f);
            }
        }
    }

    @Test
    void computesInNoOtherType() {
        assertThatThrownBy(() -> new BaseTensors(List.of(), Map.of(), DType.F16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a decoder does not compute in F16");
    }

    /** The products are those that a warning is about. */
    @Test
    void measuresHowMuchLongerAProductTakes() {
        assertThat(ProductRates.bfloat16(arena, 128)).isBetween(0.01, 1000.0);
    }
}
