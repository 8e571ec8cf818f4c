package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family against transformers and PEFT: {@code tools/golden_families.py} wrote the checkpoints and the answers. */
class FamilyTest {
    private static final int END = -1; // no token: decoding goes on to its limit

    private final Arena arena = Torch.load("cpu", 1).arena();

    @AfterEach
    void free() {
        arena.close();
    }

    /** One checkpoint and what is to be had from it. */
    private final class Family {
        final String name;
        final ModelDirectory model;
        final Golden golden;

        Family(String name) {
            this.name = name;
            Path path = directory(name);
            Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), name + "/config.json");
            model = new ModelDirectory(path, name, architecture);
            golden = new Golden(directory(name.equals("gemma3") ? "gemma3_text" : name));
        }

        Decoder base() {
            return decoder(null, false);
        }

        Decoder decoder(@Nullable LoraTensors adapter, boolean recompute) {
            return Decoder.of(
                    arena,
                    model.architecture(),
                    BaseTensors.read(arena, model.architecture(), model.weights()),
                    adapter,
                    recompute);
        }

        /** PEFT's adapter; a dropout that is never drawn keeps the low-rank path, 0 lets it be folded. */
        LoraTensors adapter(boolean folded) {
            return adapter("adapter", folded);
        }

        LoraTensors adapter(String which, boolean folded) {
            PeftAdapter adapter =
                    PeftAdapter.read(directory(name).resolve(which), name + "/" + which, model.architecture());
            return LoraTensors.of(
                    arena,
                    adapter.layout(),
                    folded ? 0 : 1e-30,
                    module -> Objects.requireNonNull(adapter.weights().get(module)));
        }

        List<int[]> documents() {
            return List.of(golden.document(0), golden.document(1), golden.document(2));
        }

        List<TokenSequence> sequences() {
            return List.of(golden.sequence(0), golden.sequence(1), golden.sequence(2));
        }

        /** Of logits: absolute, beside {@code 1.3e-6} relative. */
        double bound() {
            return List.of("gemma2", "gemma3_text", "gemma3", "phi3").contains(name) ? 3e-5 : 1e-5;
        }

        void assertLogits(List<float[][]> logits, String key) {
            double largest = 0;
            for (int d = 0; d < logits.size(); d++) {
                float[] expected = golden.floats(key + "." + d);
                int next = 0;
                for (float[] row : logits.get(d)) {
                    for (float value : row) {
                        largest = Math.max(largest, Math.abs(value - expected[next]));
                        assertThat(value).as("%s of document %d", key, d).isCloseTo(expected[next], within((float)
                                (bound() + 1.3e-6 * Math.abs(expected[next]))));
                        next++;
                    }
                }
                assertThat(next).isEqualTo(expected.length);
            }
            System.out.printf(Locale.ROOT, "%s %s: largest difference %.1e%n", name, key, largest);
        }
    }

    private static Path directory(String name) {
        return TestModels.resource("/models/families/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text", "gemma3"})
    void logits(String name) {
        Family family = new Family(name);
        family.assertLogits(family.base().logits(family.documents()), "base.logits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void hiddenStates(String name) {
        Family family = new Family(name);
        Golden golden = new Golden(directory(name), "hidden.safetensors");
        List<float[][]> states = family.base().hiddenStates(family.golden.document(2));
        assertThat(states).hasSize(family.model.architecture().dimensions().layers() + 1);
        double largest = 0;
        for (int layer = 0; layer < states.size(); layer++) {
            float[] expected = golden.floats("hidden." + layer);
            int next = 0;
            for (float[] row : states.get(layer)) {
                for (float value : row) {
                    double bound = family.bound() + 1.3e-6 * Math.abs(expected[next]);
                    largest = Math.max(largest, Math.abs(value - expected[next]));
                    assertThat((double) value).as("%s, layer %d", name, layer).isCloseTo(expected[next], within(bound));
                    next++;
                }
            }
            assertThat(next).isEqualTo(expected.length);
        }
        System.out.printf(Locale.ROOT, "%s hidden states: largest difference %.1e%n", name, largest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void logitsWithAnAdapter(String name) {
        Family family = new Family(name);
        for (boolean folded : List.of(true, false)) {
            Decoder decoder = family.decoder(family.adapter(folded), false);
            family.assertLogits(decoder.logits(family.documents()), "adapter.logits");
        }
    }

    /** The same model with one feature switched off is far away, so the comparisons above can fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama:rope_scaling,bias",
                "mistral:window,theta",
                "qwen2:window,rope_scaling,bias",
                "qwen3:q_norm,theta",
                "phi3:window,long_factor",
                "gemma:activation,norm",
                "gemma2:window,scale,attention_cap,logit_cap",
                "gemma3_text:window,scale,local_rope,rope_scaling,q_norm"
            })
    void theFeaturesMatter(String nameAndFeatures) {
        String[] parts = nameAndFeatures.split(":", -1);
        Family family = new Family(parts[0]);
        int[] document = family.golden.document(2);
        float[] last = family.base().logits(List.of(document)).get(0)[document.length - 1];
        for (String feature : parts[1].split(",", -1)) {
            float[] without = family.golden.floats("off." + feature);
            double distance = 0;
            for (int i = 0; i < last.length; i++) {
                distance = Math.max(distance, Math.abs(last[i] - without[i]));
            }
            assertThat(distance).as(parts[0] + " without " + feature).isGreaterThan(100 * family.bound());
        }
    }

    /** Past the window, and past the context beyond which longrope turns positions in another way. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void greedyDecodingWithACache(String name) {
        Family family = new Family(name);
        int[] prompt = Arrays.copyOf(family.golden.document(2), 8);
        List<int[]> prompts = List.of(Arrays.copyOf(prompt, 3), prompt, family.golden.document(2));
        assertThat(family.base().generate(prompts, 16, END).get(1)).containsExactly(family.golden.ints("base.greedy"));
        assertThat(family.decoder(family.adapter(true), false)
                        .generate(prompts, 16, END)
                        .get(1))
                .containsExactly(family.golden.ints("adapter.greedy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void greedyDecodingTokenByToken(String name) {
        Family family = new Family(name);
        int[] prompt = Arrays.copyOf(family.golden.document(2), 8);
        int[] tokens = new int[16];
        try (Continuation continuation =
                family.decoder(family.adapter(true), false).open(prompt, tokens.length)) {
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = continuation.next();
            }
        }
        assertThat(tokens).containsExactly(family.golden.ints("adapter.greedy"));
    }

    /** What sequences begin with is computed once: their losses are those of each of them alone. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void sequencesThatBeginAlikeAreScoredAsEachAlone(String name) {
        Family family = new Family(name);
        Decoder decoder = family.decoder(family.adapter(true), false);
        for (int common : List.of(17, 45)) {
            List<TokenSequence> sequences = new ArrayList<>();
            for (int rest = 1; rest <= 4; rest++) {
                int[] ids = new int[common + 3 * rest];
                for (int t = 0; t < ids.length; t++) {
                    ids[t] = 3 + (t * 37 + (t < common ? 0 : 11 * rest)) % 90;
                }
                BitSet answer = new BitSet();
                answer.set(common, ids.length);
                sequences.add(new TokenSequence(ids, answer));
            }
            double[] together = Scoring.losses(decoder, sequences);
            for (int i = 0; i < together.length; i++) {
                assertThat(together[i]).isCloseTo(decoder.loss(List.of(sequences.get(i))), within(1e-4));
            }
        }
    }

    /** What prompts begin with is computed once: they are continued as each of them alone, past the window too. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void promptsThatBeginAlikeAreContinuedAsEachAlone(String name) {
        Family family = new Family(name);
        Decoder decoder = family.decoder(family.adapter(true), false);
        for (int common : List.of(17, 45, 300)) {
            List<int[]> prompts = new ArrayList<>();
            for (int rest = 1; rest <= 4; rest++) {
                int[] prompt = new int[common + 3 * rest];
                for (int t = 0; t < prompt.length; t++) {
                    prompt[t] = 3 + (t * 37 + (t < common ? 0 : 11 * rest)) % 90;
                }
                prompts.add(prompt);
            }
            List<int[]> together = decoder.generate(prompts, 8, END);
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(together.get(i))
                        .as("%d tokens in common, prompt %d", common, i)
                        .containsExactly(decoder.generate(List.of(prompts.get(i)), 8, END)
                                .get(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void loraGradients(String name) {
        Family family = new Family(name);
        for (boolean folded : List.of(true, false)) {
            List<float[]> kept = List.of();
            for (boolean recompute : List.of(false, true)) {
                LoraTensors lora = family.adapter(folded);
                Decoder decoder = family.decoder(lora, recompute);
                OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
                decoder.accumulate(family.sequences(), 0, 0, state);
                if (recompute) {
                    // The memory that is free at the moment decides, and must not change the bytes.
                    assertSame(state.gradients(), kept);
                } else {
                    kept = state.gradients().stream().map(Tensor::toFloats).toList();
                }
                for (int i = 0; i < lora.layout().modules().size(); i++) {
                    LoraModule module = lora.layout().modules().get(i);
                    assertGradient(family, state.gradients().get(2 * i), "lora.gradient." + module.tensorA());
                    assertGradient(family, state.gradients().get(2 * i + 1), "lora.gradient." + module.tensorB());
                }
            }
        }
    }

    private static void assertSame(List<Tensor> gradients, List<float[]> expected) {
        assertThat(gradients).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(gradients.get(i).toFloats()).containsExactly(expected.get(i));
        }
    }

    private static void assertGradient(Family family, Tensor gradient, String tensor) {
        float[] expected = family.golden.floats(tensor);
        float[] actual = gradient.toFloats();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] / tokens(family) - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / norm)).as(tensor).isLessThan(1e-5);
    }

    private static int tokens(Family family) {
        return family.sequences().stream()
                .mapToInt(TokenSequence::supervisedCount)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void threeStepsOfAdamW(String name) {
        Family family = new Family(name);
        LoraTensors lora = family.adapter(true);
        Decoder decoder = family.decoder(lora, false);
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        int tokens = tokens(family);
        for (int step = 0; step < 3; step++) {
            decoder.accumulate(family.sequences(), 0, 0, state);
            OptimizerStep taken = decoder.update(state, tokens, 1e-2, 1.0, 0.01);
            assertThat(taken.loss() / tokens).isCloseTo(family.golden.floats("lora.losses")[step], within(2e-5));
            assertThat(taken.norm()).isCloseTo(family.golden.floats("lora.norms")[step], within(1e-4));
        }
        assertThat(decoder.loss(family.sequences()) / tokens)
                .isCloseTo(family.golden.floats("lora.losses")[3], within(2e-5));
        for (LoraModule module : lora.layout().modules()) {
            LoraWeights weights = lora.weights(module);
            assertClose(family, weights.a(), module.tensorA());
            assertClose(family, weights.b(), module.tensorB());
        }
    }

    @Test
    void aStepThatBeginsAgainEndsTheSame() {
        Family family = new Family("llama");
        List<List<float[]>> gradients = new ArrayList<>();
        List<OptimizerStep> steps = new ArrayList<>();
        for (boolean again : List.of(false, true)) {
            LoraTensors lora = family.adapter(true);
            Decoder decoder = family.decoder(lora, false);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            if (again) {
                decoder.accumulate(family.sequences(), 0, 0, state);
                decoder.forget(state);
            }
            decoder.accumulate(family.sequences(), 0, 0, state);
            gradients.add(state.gradients().stream().map(Tensor::toFloats).toList());
            steps.add(decoder.update(state, tokens(family), 1e-2, 1.0, 0.01));
        }
        assertThat(gradients.get(1)).usingRecursiveComparison().isEqualTo(gradients.get(0));
        assertThat(steps.get(1)).isEqualTo(steps.get(0));
    }

    @Test
    void aPartOfALargerModelIsNotTrainedAsAWhole() {
        new Family("llama").model.checkAllTrainable();
        ModelDirectory text = new Family("gemma3").model;
        assertThatThrownBy(text::checkAllTrainable)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("adapter.method: full would save only the text part of ");
    }

    /** As torch.optim.Adafactor, on the matrices of a LoRA and the vectors of a DoRA. */
    @Test
    void threeStepsOfAdafactor() {
        Family family = new Family("llama");
        Golden golden = new Golden(family.model.path(), "adafactor.safetensors");
        for (String kind : List.of("lora", "dora")) {
            LoraTensors lora = family.adapter(kind.equals("lora") ? "adapter" : "dora", true);
            Decoder decoder = family.decoder(lora, false);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), true);
            int tokens = tokens(family);
            for (int step = 0; step < 3; step++) {
                decoder.accumulate(family.sequences(), 0, 0, state);
                double loss = decoder.update(state, tokens, 1e-2, 1.0, 0.01).loss() / tokens;
                assertThat(loss).isCloseTo(golden.floats(kind + ".losses")[step], within(2e-5));
            }
            assertThat(decoder.loss(family.sequences()) / tokens)
                    .isCloseTo(golden.floats(kind + ".losses")[3], within(2e-5));
        }
    }

    /**
     * AdamW divides a gradient by its own size: where one is all but zero, its rounding, which differs from processor to
     * processor, becomes a whole step. Such elements, at most one in fifty, are only held to the length of three steps.
     */
    private static void assertClose(Family family, FloatBuffer actual, String tensor) {
        float[] expected = family.golden.floats("lora.step3." + tensor);
        float[] gradient = family.golden.floats("lora.gradient." + tensor);
        float largest = 0;
        for (float element : gradient) {
            largest = Math.max(largest, Math.abs(element));
        }
        double difference = 0;
        double norm = 0;
        int unsure = 0;
        for (int i = 0; i < expected.length; i++) {
            norm += Math.pow(expected[i], 2);
            if (Math.abs(gradient[i]) < 1e-4 * largest) {
                unsure++;
                assertThat(actual.get(i)).as(tensor).isCloseTo(expected[i], within(3.1e-2f));
            } else {
                difference += Math.pow(actual.get(i) - expected[i], 2);
            }
        }
        assertThat(Math.sqrt(difference / norm)).as(tensor).isLessThan(1e-4);
        assertThat(unsure).as(tensor).isLessThanOrEqualTo(expected.length / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"})
    void mergedIsTheSame(String name) {
        Family family = new Family(name);
        BaseTensors weights = BaseTensors.read(arena, family.model.architecture(), family.model.weights());
        Decoder.of(arena, family.model.architecture(), weights, family.adapter(false), false)
                .merge();
        Decoder merged = Decoder.of(arena, family.model.architecture(), weights, null, false);
        family.assertLogits(merged.logits(family.documents()), "adapter.logits");
    }

    /** Rank-stabilized, too. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "phi3"})
    void dora(String name) {
        Family family = new Family(name);
        for (boolean folded : List.of(true, false)) {
            List<float[]> kept = List.of();
            for (boolean recompute : List.of(false, true)) {
                LoraTensors dora = family.adapter("dora", folded);
                Decoder decoder = family.decoder(dora, recompute);
                family.assertLogits(decoder.logits(family.documents()), "dora.logits");
                OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
                decoder.accumulate(family.sequences(), 0, 0, state);
                if (recompute) {
                    assertSame(state.gradients(), kept);
                } else {
                    kept = state.gradients().stream().map(Tensor::toFloats).toList();
                }
                for (int i = 0; i < dora.layout().modules().size(); i++) {
                    LoraModule module = dora.layout().modules().get(i);
                    assertGradient(family, state.gradients().get(3 * i), "dora.gradient." + module.tensorA());
                    assertGradient(family, state.gradients().get(3 * i + 1), "dora.gradient." + module.tensorB());
                    assertGradient(
                            family, state.gradients().get(3 * i + 2), "dora.gradient." + module.tensorMagnitude());
                }
            }
        }
        BaseTensors weights = BaseTensors.read(arena, family.model.architecture(), family.model.weights());
        Decoder.of(arena, family.model.architecture(), weights, family.adapter("dora", true), false)
                .merge();
        Decoder merged = Decoder.of(arena, family.model.architecture(), weights, null, false);
        family.assertLogits(merged.logits(family.documents()), "dora.logits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mistral", "phi3", "gemma2", "gemma3_text"})
    void aDocumentDoesNotSeeItsNeighbours(String name) {
        Family family = new Family(name);
        Decoder decoder = family.base();
        int[] neighbour = family.golden.document(1);
        int[] other = neighbour.clone();
        other[3] = (other[3] + 1) % 90;
        List<int[]> documents = new ArrayList<>(family.documents());
        documents.add(neighbour);
        float[][] beside = decoder.logits(documents).get(1);
        documents.set(3, other);
        float[][] besideAnother = decoder.logits(documents).get(1);
        assertThat(besideAnother).isDeepEqualTo(beside);
    }

    /** Above 256 tokens attention goes block by block, or through the fused kernel. */
    @Test
    void longDocumentsAreTheSameInBlocks() {
        for (String name : List.of("mistral", "gemma2", "llama")) {
            Family family = new Family(name);
            int[] document = new int[300];
            for (int i = 0; i < document.length; i++) {
                document[i] = 3 + (i * 37) % 90;
            }
            Decoder decoder = family.base();
            float[][] whole = decoder.logits(List.of(document)).get(0);
            float[][] start =
                    decoder.logits(List.of(Arrays.copyOf(document, 250))).get(0);
            for (int t = 0; t < start.length; t++) {
                for (int v = 0; v < start[t].length; v++) {
                    assertThat(whole[t][v]).isCloseTo(start[t][v], within(1e-4f));
                }
            }
            int[] greedy = decoder.generate(List.of(Arrays.copyOf(document, 290)), 4, END)
                    .get(0);
            int[] longer = Arrays.copyOf(document, 293);
            System.arraycopy(greedy, 0, longer, 290, 3);
            float[] last = decoder.logits(List.of(longer)).get(0)[292];
            for (float value : last) {
                assertThat(value).isLessThanOrEqualTo(last[greedy[3]]);
            }
        }
    }
}
