package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose gradients others compute ends in the bytes of one that computes them itself. */
class RemoteGradientsTest {
    @TempDir
    Path directory;

    private final TinyTraining tiny = new TinyTraining();
    private int computed;
    private int most;
    private long memory = Long.MAX_VALUE; // in tokens

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapter.method: lora",
                "adapter.method: dora",
                "adapter.dropout: 0.2",
                "base.quantization: nf4",
                "training.precision: bfloat16",
                "training.gradientCheckpointing: on",
                "training.optimizer: adafactor"
            })
    void theBytesAreThoseOfALocalTraining(String key) throws IOException {
        sameBytesBy(2, key);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theBytesDoNotDependOnHowManyCompute(int workers) throws IOException {
        sameBytesBy(workers, "adapter.dropout: 0.2");
    }

    private void sameBytesBy(int workers, String key) throws IOException {
        FineTuneSpec spec = spec(key);
        List<float[]> local = train(spec, 0);
        computed = 0;
        List<float[]> remote = train(spec, workers);
        assertThat(computed).as("micro-batches of 12 steps").isGreaterThan(2 * 12);
        assertThat(remote).hasSameSizeAs(local);
        for (int i = 0; i < local.size(); i++) {
            assertThat(remote.get(i)).isEqualTo(local.get(i));
        }
    }

    @Test
    void aWorkerWithoutMemoryMakesMicroBatchesSmaller() throws IOException {
        memory = 24;
        train(spec("training.microBatchTokens: 40"), 2);
        assertThat(most).isLessThanOrEqualTo(24);
        assertThat(tiny.warnings)
                .singleElement()
                .asString()
                .startsWith("Out of memory: no memory for 1 GiB. Training goes on with micro-batches of ");
    }

    @Test
    void aMicroBatchSurvivesItsBytes() {
        MicroBatch written = new MicroBatch(
                1L << 40, List.of(TinyTraining.sequence(new Random(1), 70), TinyTraining.sequence(new Random(2), 3)));
        MicroBatch read = MicroBatch.read(written.bytes());
        assertThat(read.pass()).isEqualTo(1L << 40);
        assertThat(read.sequences()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            TokenSequence sequence = read.sequences().get(i);
            assertThat(sequence.ids()).isEqualTo(written.sequences().get(i).ids());
            assertThat(sequence.supervised())
                    .isEqualTo(written.sequences().get(i).supervised());
        }
    }

    @Test
    void weightsOfAnotherSizeAreRefused() {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            List<Tensor> tensors = List.of(arena.zeros(2, 3), arena.zeros(2));
            TensorBytes bytes = new TensorBytes(arena);
            bytes.fill(tensors, List.of(new byte[24], new byte[8]));
            for (List<byte[]> wrong : List.of(
                    List.of(new byte[24]),
                    List.of(new byte[24], new byte[4]),
                    List.of(new byte[32]),
                    List.of(new byte[24], new byte[8], new byte[4]))) {
                assertThatThrownBy(() -> bytes.fill(tensors, wrong)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static FineTuneSpec spec(String key) {
        return new TestSpec()
                .set(
                        "training.epochs: 2",
                        "training.learningRate: 1.0e-2",
                        "training.batchSize: 4",
                        "training.microBatchTokens: 24",
                        "training.gradientCheckpointing: off",
                        "training.seed: 7",
                        key)
                .spec();
    }

    private List<float[]> train(FineTuneSpec spec, int workers) throws IOException {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            Decoder decoder = TinyTraining.decoder(spec, arena, 7);
            Trainer trainer = new Trainer(
                    arena,
                    decoder,
                    spec.training(),
                    TinyTraining.examples(),
                    List.of(),
                    TinyTraining.ROWS,
                    directory.resolve("checkpoint.safetensors"),
                    spec + "/" + workers,
                    tiny);
            if (workers > 0) {
                List<GradientComputer> computers = new ArrayList<>();
                for (int i = 0; i < workers; i++) {
                    computers.add(new GradientComputer(arena, TinyTraining.decoder(spec, arena, 8 + i)));
                }
                trainer.computeBy(new RemoteGradients(
                        arena, decoder, (weights, parts, seed) -> compute(computers, weights, parts, seed)));
            }
            assertThat(trainer.run()).isPresent();
            return decoder.trained().stream().map(Tensor::toFloats).toList();
        }
    }

    /** In the opposite order, and each after a try that is thrown away. */
    private List<ComputedGradient> compute(
            List<GradientComputer> computers, List<byte[]> weights, List<MicroBatch> parts, long seed) {
        computers.forEach(each -> each.take(weights));
        ComputedGradient[] results = new ComputedGradient[parts.size()];
        for (int i = results.length - 1; i >= 0; i--) {
            MicroBatch part = MicroBatch.read(parts.get(i).bytes());
            int longest = part.sequences().get(part.sequences().size() - 1).length(); // all are padded to it
            int tokens = part.sequences().size() * longest;
            if (tokens > memory) {
                throw new OutOfMemoryException("no memory for 1 GiB", new IllegalStateException());
            }
            most = Math.max(most, tokens);
            GradientComputer computer = computers.get(i % computers.size());
            computer.compute(part, seed);
            results[i] = ComputedGradient.read(computer.compute(part, seed).bytes());
            computed++;
        }
        return Arrays.asList(results);
    }
}
