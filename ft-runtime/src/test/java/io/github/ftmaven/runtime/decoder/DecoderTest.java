package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder against transformers and PEFT, number by number. */
class DecoderTest {
    private static final int END = -1; // no token: decoding goes on to its limit

    private final Golden golden = new Golden();
    private final Arena arena = Torch.load("cpu", 1).arena();
    private final ModelDirectory model = ModelDirectory.open(Golden.MODEL, "tiny-llama");

    @AfterEach
    void free() {
        arena.close();
    }

    private Decoder base(boolean recompute) {
        return decoder(model.architecture(), null, recompute);
    }

    private Decoder decoder(Architecture architecture, @Nullable LoraTensors adapter, boolean recompute) {
        return Decoder.of(
                arena, architecture, BaseTensors.read(arena, architecture, model.weights()), adapter, recompute);
    }

    /** PEFT's adapter; a dropout that is never drawn keeps the low-rank path, 0 lets it be folded. */
    private LoraTensors adapter(boolean folded) {
        PeftAdapter adapter = PeftAdapter.read(Golden.ADAPTER, "adapter", model.architecture());
        return LoraTensors.of(arena, adapter.layout(), folded ? 0 : 1e-30, module -> weights(adapter, module));
    }

    private static LoraWeights weights(PeftAdapter adapter, LoraModule module) {
        return Objects.requireNonNull(adapter.weights().get(module));
    }

    private List<int[]> documents() {
        return List.of(golden.document(0), golden.document(1), golden.document(2));
    }

    private List<TokenSequence> sequences() {
        return List.of(golden.sequence(0), golden.sequence(1), golden.sequence(2));
    }

    private void assertLogits(List<float[][]> logits, String key) {
        for (int d = 0; d < 3; d++) {
            float[] expected = golden.floats(key + "." + d);
            int next = 0;
            for (float[] row : logits.get(d)) {
                for (float value : row) {
                    assertThat(value).isCloseTo(expected[next], within(1e-5f + 1.3e-6f * Math.abs(expected[next])));
                    next++;
                }
            }
            assertThat(next).isEqualTo(expected.length);
        }
    }

    @Test
    void logitsOfTheBase() {
        assertLogits(base(false).logits(documents()), "base.logits");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logitsWithAnAdapter(boolean folded) {
        assertLogits(decoder(model.architecture(), adapter(folded), false).logits(documents()), "adapter.logits");
    }

    @Test
    void mergedIsTheSame() {
        BaseTensors weights = BaseTensors.read(arena, model.architecture(), model.weights());
        Decoder adapted = Decoder.of(arena, model.architecture(), weights, adapter(false), false);
        float[][] expected = adapted.logits(documents()).get(2);
        adapted.merge();
        float[][] merged = Decoder.of(arena, model.architecture(), weights, null, false)
                .logits(documents())
                .get(2);
        for (int t = 0; t < expected.length; t++) {
            for (int v = 0; v < expected[t].length; v++) {
                assertThat(merged[t][v]).isCloseTo(expected[t][v], within(1e-5f));
            }
        }
    }

    @Test
    void aDocumentDoesNotSeeItsNeighbours() {
        Decoder decoder = base(false);
        float[][] beside = decoder.logits(documents()).get(2);
        int[] other = golden.document(1).clone();
        other[3] = (other[3] + 1) % 200;
        float[][] besideAnother = decoder.logits(List.of(golden.document(0), other, golden.document(2)))
                .get(2);
        assertThat(besideAnother).isDeepEqualTo(beside);
    }

    @Test
    void theFeaturesMatter() {
        float[] last = base(false).logits(List.of(golden.document(2))).get(0)[23];
        for (String off : List.of("off.rope_theta", "off.rms_norm_eps")) {
            double distance = 0;
            float[] without = golden.floats(off);
            for (int i = 0; i < last.length; i++) {
                distance = Math.max(distance, Math.abs(last[i] - without[i]));
            }
            assertThat(distance).as(off).isGreaterThan(1e-3);
        }
    }

    @Test
    void meanLoss() {
        int tokens =
                sequences().stream().mapToInt(TokenSequence::supervisedCount).sum();
        assertThat(base(false).loss(sequences()) / tokens).isCloseTo(golden.floats("base.loss")[0], within(4e-6));
        assertThat(decoder(model.architecture(), adapter(true), false).loss(sequences()) / tokens)
                .isCloseTo(golden.floats("adapter.loss")[0], within(4e-6));
    }

    @ParameterizedTest
    @CsvSource({"base,1", "base,3", "adapter,3"})
    void greedyDecodingWithACache(String provider, int copies) {
        Decoder decoder = provider.equals("base") ? base(false) : decoder(model.architecture(), adapter(true), false);
        int[] prompt = Arrays.copyOf(golden.document(2), 8);
        int[] shorter = Arrays.copyOf(prompt, 3);
        List<int[]> prompts = new ArrayList<>(List.of(prompt));
        for (int i = 1; i < copies; i++) {
            prompts.add(i == 1 ? shorter : prompt);
        }
        List<int[]> answers = decoder.generate(prompts, 16, END);
        assertThat(answers.get(0)).containsExactly(golden.ints(provider + ".greedy"));
        assertThat(answers.get(copies - 1)).containsExactly(golden.ints(provider + ".greedy"));
    }

    @Test
    void decodingEndsBeforeTheStopToken() {
        int[] greedy = golden.ints("base.greedy");
        int[] prompt = Arrays.copyOf(golden.document(2), 8);
        int[] answer = base(false).generate(List.of(prompt), 16, greedy[5]).get(0);
        assertThat(answer)
                .isEqualTo(Arrays.stream(greedy).takeWhile(t -> t != greedy[5]).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "adapter"})
    void greedyDecodingTokenByToken(String provider) {
        Decoder decoder = provider.equals("base") ? base(false) : decoder(model.architecture(), adapter(true), false);
        int[] prompt = Arrays.copyOf(golden.document(2), 8);
        int[] expected = golden.ints(provider + ".greedy");
        List<Integer> tokens = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        try (Continuation continuation = decoder.open(prompt, 16);
                Continuation other = decoder.open(Arrays.copyOf(prompt, 3), 16)) {
            while (continuation.hasNext()) {
                tokens.add(continuation.next());
                others.add(other.next());
            }
        }
        assertThat(tokens).containsExactlyElementsOf(boxed(expected));
        assertThat(others)
                .containsExactlyElementsOf(boxed(decoder.generate(List.of(Arrays.copyOf(prompt, 3)), 16, END)
                        .get(0)));
    }

    /** Minus the log-probability that golden logits give each document's supervised tokens. */
    @Test
    void lossOfEachSequence() {
        double[] losses = Scoring.losses(
                decoder(model.architecture(), adapter(true), false), List.of(golden.sequence(1), golden.sequence(2)));
        for (int i = 0; i < losses.length; i++) {
            assertThat(losses[i]).isCloseTo(lossByLogits(golden.sequence(i + 1), i + 1), within(2e-5));
        }
    }

    @Test
    void whatSequencesBeginWithIsComputedOnce() {
        int[] ids = golden.document(2);
        int[] other = ids.clone();
        other[22] = (other[22] + 1) % 200;
        BitSet last = new BitSet();
        last.set(20, 24);
        List<TokenSequence> alike = List.of(new TokenSequence(ids, last), new TokenSequence(other, last));
        Decoder decoder = decoder(model.architecture(), adapter(true), false);
        double[] losses = Scoring.losses(decoder, alike);
        assertThat(losses[0]).isCloseTo(lossByLogits(alike.get(0), 2), within(2e-5));
        assertThat(losses[1]).isCloseTo(decoder.loss(List.of(alike.get(1))), within(2e-5));
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private double lossByLogits(TokenSequence sequence, int document) {
        float[] logits = golden.floats("adapter.logits." + document);
        int width = logits.length / sequence.length();
        double loss = 0;
        for (int t : sequence.supervised().stream().toArray()) {
            double sum = 0;
            for (int v = 0; v < width; v++) {
                sum += Math.exp(logits[(t - 1) * width + v]);
            }
            loss += Math.log(sum) - logits[(t - 1) * width + sequence.ids()[t]];
        }
        return loss;
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void loraGradients(boolean folded, boolean recompute) {
        LoraTensors lora = adapter(folded);
        Decoder decoder = decoder(model.architecture(), lora, recompute);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        decoder.accumulate(sequences(), 0, 0, state);
        int tokens =
                sequences().stream().mapToInt(TokenSequence::supervisedCount).sum();
        for (int i = 0; i < lora.layout().modules().size(); i++) {
            LoraModule module = lora.layout().modules().get(i);
            assertGradient(state.gradients().get(2 * i), tokens, "lora.gradient." + module.tensorA());
            assertGradient(state.gradients().get(2 * i + 1), tokens, "lora.gradient." + module.tensorB());
        }
    }

    private void assertGradient(Tensor gradient, int tokens, String key) {
        float[] expected = golden.floats(key);
        float[] actual = gradient.toFloats();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] / tokens - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / norm)).as(key).isLessThan(1e-5);
    }

    @Test
    void recomputingGivesTheSameBits() {
        for (boolean full : List.of(true, false)) {
            Decoder plain = decoder(model.architecture(), full ? null : adapter(true), false);
            Decoder recomputing = decoder(model.architecture(), full ? null : adapter(true), true);
            OptimizerState one = OptimizerState.zero(arena, plain.trained(), false);
            OptimizerState two = OptimizerState.zero(arena, recomputing.trained(), false);
            recomputing.accumulate(sequences(), 0, 0, two);
            plain.accumulate(sequences(), 0, 0, one);
            assertThat(two.loss().toDoubles()).isEqualTo(one.loss().toDoubles());
            for (int i = 0; i < one.gradients().size(); i++) {
                assertThat(two.gradients().get(i).toFloats())
                        .isEqualTo(one.gradients().get(i).toFloats());
            }
        }
    }

    @Test
    void threeStepsOfLora() {
        LoraTensors lora = adapter(true);
        Decoder decoder = decoder(model.architecture(), lora, false);
        threeSteps(decoder, "lora");
        for (LoraModule module : lora.layout().modules()) {
            LoraWeights weights = lora.weights(module);
            assertValues(weights.a(), "lora.step3." + module.tensorA(), 2e-6f);
            assertValues(weights.b(), "lora.step3." + module.tensorB(), 2e-6f);
        }
    }

    @Test
    void threeStepsOfEveryWeight() {
        Decoder decoder = base(false);
        threeSteps(decoder, "full");
        List<String> names = WeightLayout.of(model.architecture()).names();
        for (int i = 0; i < names.size(); i++) {
            assertValues(FloatBuffer.wrap(decoder.trained().get(i).toFloats()), "full.step3." + names.get(i), 1e-4f);
        }
    }

    private void threeSteps(Decoder decoder, String key) {
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        int tokens =
                sequences().stream().mapToInt(TokenSequence::supervisedCount).sum();
        for (int step = 0; step < 3; step++) {
            decoder.accumulate(sequences(), 0, 0, state);
            OptimizerStep taken = decoder.update(state, tokens, 1e-2, 1.0, 0.01);
            assertThat(taken.loss() / tokens).isCloseTo(golden.floats(key + ".losses")[step], within(2e-5));
            assertThat(taken.norm()).isCloseTo(golden.floats(key + ".norms")[step], within(1e-4));
        }
        assertThat(decoder.loss(sequences()) / tokens).isCloseTo(golden.floats(key + ".losses")[3], within(2e-5));
    }

    private void assertValues(FloatBuffer actual, String key, float tolerance) {
        float[] expected = golden.floats(key);
        assertThat(actual.remaining()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.get(i)).as(key + "[" + i + "]").isCloseTo(expected[i], within(tolerance));
        }
    }
}
