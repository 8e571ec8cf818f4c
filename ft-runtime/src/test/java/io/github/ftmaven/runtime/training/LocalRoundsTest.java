package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.OptimizerStep;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training in rounds of local steps: of 24 batches, as six of them are an epoch. */
class LocalRoundsTest {
    @TempDir
    Path directory;

    private final TinyTraining tiny = new TinyTraining();
    private Consumer<Trainer> prepare = trainer -> {};
    private String saved = "";
    private int computed;

    /** Five steps: the last one has four replicas, and is a round of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapter.method: lora",
                "adapter.method: dora",
                "adapter.method: full",
                "adapter.dropout: 0.2",
                "base.quantization: nf4",
                "training.precision: bfloat16",
                "training.gradientCheckpointing: on",
                "training.optimizer: adafactor"
            })
    void theBytesDoNotDependOnWhoTrains(String key) throws IOException {
        sameBytesBy(2, key);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theBytesDoNotDependOnHowManyTrain(int workers) throws IOException {
        sameBytesBy(workers, "adapter.dropout: 0.2");
    }

    private void sameBytesBy(int workers, String key) throws IOException {
        FineTuneSpec spec = spec(2, 5, key);
        List<float[]> local = train(spec, 0).orElseThrow();
        computed = 0;
        assertSame(train(spec, workers).orElseThrow(), local);
        assertThat(computed).as("replicas in three rounds").isEqualTo(5 + 5 + 4);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "2, 5", "7, 2"})
    void aRoundEndsInTheMeanOfReplicasThatTrainApart(int localSteps, int replicas) throws IOException {
        FineTuneSpec spec = spec(localSteps, replicas, "adapter.dropout: 0.2");
        assertSame(train(spec, 0).orElseThrow(), recomputed(spec));
    }

    @Test
    void oneReplicaInOneRoundTrainsAsWithoutRounds() throws IOException {
        FineTuneSpec plain = spec(null, null, "adapter.dropout: 0.2");
        List<float[]> expected = train(plain, 0).orElseThrow();
        List<Double> losses = tiny.reports.stream().map(StepReport::loss).toList();
        tiny.reports.clear();
        assertSame(train(spec(24, 1, "adapter.dropout: 0.2"), 0).orElseThrow(), expected);
        assertThat(tiny.reports.stream().map(StepReport::loss))
                .isEqualTo(losses)
                .hasSize(24);
        assertThat(tiny.warnings).isEmpty();
    }

    @Test
    void aStepTakesABatchOfEachReplica() throws IOException {
        train(spec(2, 5, "training.schedule: linear"), 0);
        assertThat(tiny.reports).extracting(StepReport::step).containsExactly(1, 2, 3, 4, 5);
        assertThat(tiny.reports).extracting(StepReport::steps).containsOnly(5);
        assertThat(tiny.reports)
                .extracting(StepReport::epoch)
                .containsExactly(5 / 6.0, 10 / 6.0, 15 / 6.0, 20 / 6.0, 4.0);
        assertThat(tiny.reports)
                .extracting(StepReport::learningRate)
                .containsExactly(
                        1e-2 * (1 - 0 / 5.0),
                        1e-2 * (1 - 1 / 5.0),
                        1e-2 * (1 - 2 / 5.0),
                        1e-2 * (1 - 3 / 5.0),
                        1e-2 * (1 - 4 / 5.0));
    }

    @Test
    void validatesAtTheEndOfTheRoundThatReachesAMultiple() throws IOException {
        train(spec(2, 3, "training.validateEvery: 3", "dataset.validation: 0.1"), 0);
        assertThat(tiny.reports).hasSize(8);
        assertThat(tiny.reports.stream()
                        .filter(report -> report.validationLoss() != null)
                        .map(StepReport::step))
                .containsExactly(4, 6, 8);
        tiny.reports.clear();
        train(spec(2, 5, "dataset.validation: 0.1"), 0);
        assertThat(tiny.reports.stream()
                        .filter(report -> report.validationLoss() != null)
                        .map(StepReport::step))
                .as("an epoch has 1.2 steps")
                .containsExactly(2, 4, 5);
    }

    @Test
    void anInterruptedTrainingGoesOnAfterItsLastRound() throws IOException {
        FineTuneSpec spec = spec(2, 3, "adapter.dropout: 0.2");
        List<float[]> whole = train(spec, 0).orElseThrow();
        tiny.stopAfter = 2 * 3 + 1 + 4; // a round of six steps, its end, and within the next one
        assertThat(train(spec, 0, "interrupted")).isEmpty();
        assertThat(saved)
                .isEqualTo("A checkpoint of step 2 of 8 is saved. Run the same command again to resume at step 3.");
        tiny.stopAfter = Integer.MAX_VALUE;
        assertSame(train(spec, 2, "interrupted").orElseThrow(), whole);
        assertThat(tiny.messages).containsExactly("Resuming from the checkpoint of step 2 of 8.");
    }

    @Test
    void nothingIsSavedWithinTheFirstRound() throws IOException {
        FineTuneSpec spec = spec(2, 3);
        List<float[]> whole = train(spec, 0).orElseThrow();
        tiny.stopAfter = 4;
        assertThat(train(spec, 0, "interrupted")).isEmpty();
        assertThat(saved).startsWith("No round of training.localSteps is complete, so nothing is saved.");
        tiny.stopAfter = Integer.MAX_VALUE;
        assertSame(train(spec, 0, "interrupted").orElseThrow(), whole);
        assertThat(tiny.messages).isEmpty();
    }

    @Test
    void aRoundIsRepeatedInSmallerMicroBatchesIfMemoryIsShort() throws IOException {
        FineTuneSpec spec = spec(2, 3, "training.microBatchTokens: 40");
        int[] rounds = {0};
        List<Integer> largest = new ArrayList<>();
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            LocalReplicas replicas = new LocalReplicas(arena, TinyTraining.decoder(spec, arena, 8), spec.training());
            prepare = trainer -> trainer.trainBy((weights, own, results) -> {
                int most = own.stream()
                        .flatMap(round -> round.steps().stream())
                        .flatMap(step -> step.microBatches().stream())
                        .mapToInt(part -> part.sequences().size()
                                * part.sequences()
                                        .get(part.sequences().size() - 1)
                                        .length())
                        .max()
                        .orElseThrow();
                largest.add(most);
                if (rounds[0]++ == 1) {
                    replicas.train(weights, own.subList(0, 2), results);
                    throw new OutOfMemoryException("no memory for 1 GiB", new IllegalStateException());
                }
                return replicas.train(weights, own, results);
            });
            train(spec, 0);
        }
        assertThat(rounds[0]).as("four rounds, one of them twice").isEqualTo(5);
        assertThat(tiny.warnings).singleElement().asString().startsWith("Out of memory: no memory for 1 GiB. Training");
        assertThat(largest.get(2)).isLessThan(largest.get(1));
        assertThat(tiny.reports).extracting(StepReport::step).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aLossThatIsNotFiniteNamesTheBatchOfItsReplica() {
        FineTuneSpec spec = spec(2, 3);
        prepare = trainer -> trainer.trainBy((weights, rounds, results) -> {
            for (int replica = 0; replica < rounds.size(); replica++) {
                double loss = replica == 1 ? Double.NaN : 10;
                OptimizerStep good = new OptimizerStep(10, 1);
                results.accept(new TrainedReplica(List.of(good, new OptimizerStep(loss, 1)), weights));
            }
            return true;
        });
        List<TrainingExample> batch =
                Course.of(spec.training(), TinyTraining.examples()).batch(3 + 1).examples();
        assertThat(batch).hasSizeLessThanOrEqualTo(4);
        assertThatThrownBy(() -> train(spec, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("training stopped at step 2 of 8: the loss is NaN. The batch: "
                        + String.join(
                                ", ",
                                batch.stream().map(TrainingExample::source).toList())
                        + ". Lower training.learningRate (0.01) or look at these examples.");
    }

    @Test
    void aRehearsalChangesNoByte() throws IOException {
        FineTuneSpec spec = spec(2, 3, "adapter.dropout: 0.2");
        List<float[]> plain = train(spec, 0).orElseThrow();
        prepare = trainer -> trainer.rehearse(TinyTraining.examples().subList(0, 4));
        assertSame(train(spec, 0).orElseThrow(), plain);
    }

    @Test
    void warnsWhereReplicasAreHardlyAveraged() throws IOException {
        train(spec(4, 3), 0);
        assertThat(tiny.warnings)
                .containsExactly("training.localSteps: 4 averages the replicas only 2 times in 8 steps. Between two"
                        + " averages they drift apart, so write a lower number, such as 1.");
        tiny.warnings.clear();
        train(spec(3, 3), 0);
        assertThat(tiny.warnings).isEmpty();
    }

    private static FineTuneSpec spec(@Nullable Integer localSteps, @Nullable Integer replicas, String... keys) {
        return new TestSpec()
                .set(
                        "training.epochs: 4",
                        "training.learningRate: 1.0e-2",
                        "training.batchSize: 4",
                        "training.microBatchTokens: 24",
                        "training.gradientCheckpointing: off",
                        "training.weightDecay: 0.01",
                        "training.warmup: 0",
                        "training.seed: 7")
                .put("training.localSteps", localSteps)
                .put("training.replicas", replicas)
                .set(keys)
                .spec();
    }

    private Optional<List<float[]>> train(FineTuneSpec spec, int workers) throws IOException {
        return train(spec, workers, spec + "/" + workers);
    }

    private Optional<List<float[]>> train(FineTuneSpec spec, int workers, String key) throws IOException {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            Decoder decoder = TinyTraining.decoder(spec, arena, 7);
            Trainer trainer = new Trainer(
                    arena,
                    decoder,
                    spec.training(),
                    TinyTraining.examples(),
                    TinyTraining.examples().subList(0, 3),
                    TinyTraining.ROWS,
                    directory.resolve("checkpoint.safetensors"),
                    key,
                    tiny);
            if (workers > 0) {
                List<LocalReplicas> each = new ArrayList<>();
                for (int i = 0; i < workers; i++) {
                    each.add(new LocalReplicas(arena, TinyTraining.decoder(spec, arena, 8 + i), spec.training()));
                }
                trainer.trainBy((weights, rounds, results) -> elsewhere(each, weights, rounds, results));
            }
            prepare.accept(trainer);
            Optional<List<float[]>> trained = trainer.run().map(result -> values(decoder.trained()));
            saved = trainer.saved();
            return trained;
        }
    }

    /** In the opposite order, and each after a try that is thrown away. */
    private boolean elsewhere(
            List<LocalReplicas> workers,
            List<byte[]> weights,
            List<ReplicaRound> rounds,
            Consumer<TrainedReplica> results) {
        List<TrainedReplica> trained = new ArrayList<>();
        for (int i = rounds.size() - 1; i >= 0; i--) {
            LocalReplicas worker = workers.get(i % workers.size());
            List<ReplicaRound> round = List.of(ReplicaRound.read(rounds.get(i).bytes()));
            worker.train(weights, round, thrownAway -> {});
            worker.train(weights, round, each -> trained.add(TrainedReplica.read(each.bytes())));
            computed++;
        }
        Collections.reverse(trained);
        trained.forEach(results);
        return true;
    }

    /** The training again, with a decoder for each replica and nothing of the classes that the trainer uses for rounds. */
    private static List<float[]> recomputed(FineTuneSpec spec) {
        OptimizationSpec optimization = spec.training().optimization();
        int replicas = optimization.batchesPerStep();
        int perRound = replicas * Objects.requireNonNull(optimization.localSteps());
        int steps = (24 + replicas - 1) / replicas;
        EpochOrder order = new EpochOrder(TinyTraining.examples(), 4, 7);
        List<float[]> weights;
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            weights = values(TinyTraining.decoder(spec, arena, 7).trained());
        }
        for (int begin = 0; begin < 24; begin += perRound) {
            List<double[]> sums =
                    weights.stream().map(each -> new double[each.length]).toList();
            long all = 0;
            for (int replica = 0; replica < replicas; replica++) {
                try (Arena arena = Torch.load("cpu", 1).arena()) {
                    Decoder decoder = TinyTraining.decoder(spec, arena, 9);
                    new TensorBytes(arena).fill(decoder.trained(), bytes(weights));
                    OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
                    long own = 0;
                    for (int b = begin + replica; b < Math.min(24, begin + perRound); b += replicas) {
                        List<TrainingExample> batch = order.batches(b / 6).get(b % 6);
                        List<List<TrainingExample>> parts = MicroBatches.of(batch, 24);
                        long supervised = 0;
                        for (int part = 0; part < parts.size(); part++) {
                            decoder.accumulate(MicroBatches.sequences(parts.get(part)), 7, b * 4L + part, state);
                        }
                        for (TrainingExample each : batch) {
                            supervised += each.supervisedCount();
                        }
                        int step = b / replicas;
                        double rate = 1e-2 * 0.5 * (1 + Math.cos(Math.PI * ((double) step / steps)));
                        decoder.update(state, supervised, rate, 1.0, 0.01);
                        own += supervised;
                    }
                    List<float[]> trained = values(decoder.trained());
                    for (int t = 0; t < sums.size(); t++) {
                        for (int i = 0; i < sums.get(t).length; i++) {
                            sums.get(t)[i] += (double) own * trained.get(t)[i];
                        }
                    }
                    all += own;
                }
            }
            for (int t = 0; t < sums.size(); t++) {
                for (int i = 0; i < sums.get(t).length; i++) {
                    weights.get(t)[i] = (float) (sums.get(t)[i] / all);
                }
            }
        }
        return weights;
    }

    private static List<byte[]> bytes(List<float[]> values) {
        List<byte[]> all = new ArrayList<>();
        for (float[] each : values) {
            ByteBuffer bytes = ByteBuffer.allocate(each.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(each);
            all.add(bytes.array());
        }
        return all;
    }

    private static List<float[]> values(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::toFloats).toList();
    }

    private static void assertSame(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
    }
}
