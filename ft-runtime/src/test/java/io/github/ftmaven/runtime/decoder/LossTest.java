package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.NewJvm;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import io.github.ftmaven.runtime.training.PeakMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loss is computed in parts, so that the logits of all tokens are never in memory at once. */
class LossTest {
    private static final int VOCABULARY = 128_256;
    private static final int TOKENS = 8192;

    private final Golden golden = new Golden();
    private final ModelDirectory model = ModelDirectory.open(Golden.MODEL, "tiny-llama");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void inPartsItIsTheSame(boolean full, boolean recompute) {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            OptimizerState whole = gradients(arena, full, recompute, Integer.MAX_VALUE - 1);
            OptimizerState parts = gradients(arena, full, recompute, 0);
            assertThat(parts.loss().toDoubles()[0]).isCloseTo(whole.loss().toDoubles()[0], within(1e-4));
            for (int i = 0; i < whole.gradients().size(); i++) {
                float[] expected = whole.gradients().get(i).toFloats();
                float[] actual = parts.gradients().get(i).toFloats();
                double difference = 0;
                double norm = 0;
                for (int j = 0; j < expected.length; j++) {
                    difference += Math.pow(actual[j] - expected[j], 2);
                    norm += Math.pow(expected[j], 2);
                }
                assertThat(Math.sqrt(difference / norm)).isLessThan(2e-6);
            }
        }
    }

    private OptimizerState gradients(Arena arena, boolean full, boolean recompute, int logitsAtOnce) {
        Architecture architecture = model.architecture();
        PeftAdapter adapter = PeftAdapter.read(Golden.ADAPTER, "adapter", architecture);
        LoraTensors lora = full
                ? null
                : LoraTensors.of(
                        arena,
                        adapter.layout(),
                        0,
                        module -> Objects.requireNonNull(adapter.weights().get(module)));
        BaseTensors base = BaseTensors.read(arena, architecture, model.weights());
        Decoder decoder =
                Decoder.of(arena, architecture, base, lora, new DecoderScript.Modes(recompute, false, logitsAtOnce));
        OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
        decoder.accumulate(List.of(golden.sequence(0), golden.sequence(1), golden.sequence(2)), 0, 0, state);
        return state;
    }

    /** All logits at once would be 3.9 GiB, and several times as much with what the gradients need. */
    @Test
    void ofALargeVocabularyTakesLessThanAGibibyte() throws Exception {
        Files.writeString(
                directory.resolve("config.json"),
                Files.readString(Golden.MODEL.resolve("config.json"))
                        .replaceAll("\"vocab_size\": \\d+", "\"vocab_size\": " + VOCABULARY)
                        .replaceAll("\"num_hidden_layers\": \\d+", "\"num_hidden_layers\": 1")
                        .replaceAll("\"max_position_embeddings\": \\d+", "\"max_position_embeddings\": 1024"));
        Files.copy(Golden.MODEL.resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
        String more = NewJvm.run(directory, Duration.ofMinutes(5), NewProcess.class, directory.toString());
        assertThat(more).matches("\\d+ MiB");
        assertThat(Long.parseLong(more.replace(" MiB", ""))).isBetween(100L, 1023L);
    }

    /** Measures what a loss and its gradients add to the peak of the process. */
    static final class NewProcess {
        private NewProcess() {}

        @SuppressForbidden("the test reads standard output")
        public static void main(String[] arguments) {
            Architecture architecture =
                    ModelDirectory.open(Path.of(arguments[0]), "large").architecture();
            try (Arena arena = Torch.load("cpu", 2).arena()) {
                BaseTensors base = BaseTensors.initialize(arena, architecture, 1, null, DType.F32);
                Decoder decoder = Decoder.of(arena, architecture, base, null, true);
                OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
                decoder.accumulate(documents(1, 8), 0, 0, state);
                long before = PeakMemory.bytes().orElseThrow();
                decoder.accumulate(documents(TOKENS / 1024, 1024), 0, 0, state);
                System.out.println((PeakMemory.bytes().orElseThrow() - before) / (1 << 20) + " MiB");
            }
        }

        private static List<TokenSequence> documents(int count, int length) {
            BitSet supervised = new BitSet();
            supervised.set(1, length + 1);
            return Collections.nCopies(count, new TokenSequence(new int[length + 1], supervised));
        }
    }
}
