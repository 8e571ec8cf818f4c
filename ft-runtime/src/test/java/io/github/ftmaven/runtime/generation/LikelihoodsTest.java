package io.github.ftmaven.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LikelihoodsTest {
    private static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");

    /** One by one, the loss is compared with transformers in {@code DecoderTest}. */
    @Test
    void lossesInBatchesAreThoseOfEachSequence() {
        Random random = new Random(7);
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int[] ids =
                    random.ints(2 + random.nextInt(i < 50 ? 30 : 400), 0, 90).toArray();
            BitSet supervised = new BitSet();
            supervised.set(1 + random.nextInt(ids.length - 1), ids.length);
            sequences.add(new TokenSequence(ids, supervised));
        }
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            ModelDirectory model = ModelDirectory.open(MODEL, "tiny-llama");
            BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights());
            Decoder decoder = Decoder.of(arena, model.architecture(), base, null, false);
            double[] losses = Likelihoods.losses(new LocalModel(decoder), sequences);
            assertThat(losses).hasSize(60);
            for (int i = 0; i < losses.length; i++) {
                double alone = decoder.loss(List.of(sequences.get(i)));
                assertThat(losses[i]).isCloseTo(alone, within(2e-6 * alone));
            }
        }
    }
}
