package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The masks that LoRA dropout draws, as they show in gradients. A is 0 and B is 1 in the tiny Llama's every module, so that
 * nothing but the mask in front of a module's own A tells two of its gradients apart.
 */
class DropoutTest {
    private static final double DROPOUT = 0.3;

    private final ModelDirectory model =
            ModelDirectory.open(Path.of("src/test/resources/models/tiny-llama"), "tiny-llama");
    private final Arena arena = Torch.load("cpu", 1).arena();
    private final LoraLayout layout =
            LoraLayout.of(model.architecture(), new LoraSelection(new Targets(true, List.of()), 1, 1));

    @AfterEach
    void close() {
        arena.close();
    }

    private static LoraWeights weights(LoraModule module) {
        float[] b = new float[module.out()];
        Arrays.fill(b, 1);
        return new LoraWeights(FloatBuffer.allocate(module.in()), FloatBuffer.wrap(b));
    }

    private Decoder decoder(boolean recompute) {
        return Decoder.of(
                arena,
                model.architecture(),
                BaseTensors.read(arena, model.architecture(), model.weights()),
                LoraTensors.of(arena, layout, DROPOUT, DropoutTest::weights),
                recompute);
    }

    /** Documents of one token that is read and one that is learnt. */
    private static List<TokenSequence> documents(int count) {
        BitSet supervised = new BitSet();
        supervised.set(1);
        List<TokenSequence> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(new TokenSequence(new int[] {5, 9}, supervised));
        }
        return documents;
    }

    /** The gradient of each module's A after one pass. */
    private List<float[]> gradients(Decoder decoder, long seed, long pass, int documents) {
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        decoder.accumulate(documents(documents), seed, pass, state);
        List<float[]> gradients = new ArrayList<>();
        for (int i = 0; i < layout.modules().size(); i++) {
            gradients.add(state.gradients().get(2 * i).toFloats());
        }
        return gradients;
    }

    /** Which elements of each module's input were kept, as one text a module. */
    private List<String> masks(Decoder decoder, long seed, long pass) {
        return gradients(decoder, seed, pass, 1).stream()
                .map(gradient -> {
                    StringBuilder mask = new StringBuilder();
                    for (float value : gradient) {
                        mask.append(value == 0 ? '-' : '+');
                    }
                    return mask.toString();
                })
                .toList();
    }

    @Test
    void everySeedPassLayerAndSlotHasItsOwnMask() {
        Decoder decoder = decoder(false);
        Set<String> seen = new HashSet<>();
        int drawn = 0;
        for (long seed : new long[] {42, 43, 1234, 42 + (1L << 32)}) {
            for (long pass : new long[] {0, 1, 1023, 1024, 1025, 2048}) {
                for (String mask : masks(decoder, seed, pass)) {
                    if (mask.indexOf('+') >= 0) { // a query and a key of a lone token get no gradient
                        seen.add(mask);
                        drawn++;
                    }
                }
            }
        }
        assertThat(drawn).isEqualTo(4 * 6 * 2 * 5);
        assertThat(seen).hasSize(drawn);
    }

    @Test
    void theSameSeedAndPassDrawTheSameMasks() {
        Decoder decoder = decoder(false);
        List<String> masks = masks(decoder, 42, 7);
        masks(decoder, 1, 1);
        assertThat(masks(decoder, 42, 7)).isEqualTo(masks);
    }

    @Test
    void aLayerThatIsComputedAgainDrawsTheSameMasks() {
        List<float[]> kept = gradients(decoder(false), 42, 7, 5);
        List<float[]> recomputed = gradients(decoder(true), 42, 7, 5);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(recomputed.get(i)).containsExactly(kept.get(i));
        }
    }

    @Test
    void theDeclaredPartIsDropped() {
        Decoder decoder = decoder(false);
        long kept = 0;
        long all = 0;
        for (int pass = 0; pass < 60; pass++) {
            for (String mask : masks(decoder, 42, pass)) {
                if (mask.indexOf('+') >= 0) {
                    kept += mask.chars().filter(c -> c == '+').count();
                    all += mask.length();
                }
            }
        }
        // Five times the standard deviation of a binomial share.
        assertThat((double) kept / all).isCloseTo(1 - DROPOUT, within(5 * Math.sqrt(DROPOUT * (1 - DROPOUT) / all)));
    }

    @Test
    void whatIsKeptIsScaledUp() {
        List<float[]> without = gradients(
                Decoder.of(
                        arena,
                        model.architecture(),
                        BaseTensors.read(arena, model.architecture(), model.weights()),
                        LoraTensors.of(arena, layout, 0, DropoutTest::weights),
                        false),
                42,
                0,
                1);
        List<float[]> with = gradients(decoder(false), 42, 0, 1);
        for (int i = 0; i < with.size(); i++) {
            for (int j = 0; j < with.get(i).length; j++) {
                if (with.get(i)[j] != 0) {
                    assertThat(with.get(i)[j] * (1 - DROPOUT)).isCloseTo(without.get(i)[j], within(1e-4));
                }
            }
        }
    }
}
