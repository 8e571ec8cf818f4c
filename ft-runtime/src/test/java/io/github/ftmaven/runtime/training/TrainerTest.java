package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.Optimizer;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on the tiny Llama: it learns, it resumes exactly, it stops when it should. */
class TrainerTest {
    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private final List<StepReport> reports = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final Map<Integer, List<float[]>> weights = new HashMap<>(); // by the step of a validation

    private Consumer<Trainer> prepare = trainer -> {};
    private Consumer<Trainer> after = trainer -> {};

    private static TrainingSpec spec(double rate, int microBatchTokens, int earlyStopping) {
        return spec(rate, microBatchTokens, earlyStopping, Optimizer.ADAMW);
    }

    private static TrainingSpec spec(double rate, int microBatchTokens, int earlyStopping, Optimizer optimizer) {
        return TestSpec.with(
                        "training.epochs: 4",
                        "training.learningRate: " + rate,
                        "training.batchSize: 4",
                        "training.microBatchTokens: " + microBatchTokens,
                        "training.optimizer: " + optimizer.name().toLowerCase(Locale.ROOT),
                        "training.warmup: 0.1",
                        "training.weightDecay: 0.01",
                        "training.gradientCheckpointing: off",
                        "training.seed: 7",
                        "dataset.validation: 0.1", // which stopping early needs
                        "training.earlyStopping: " + earlyStopping,
                        "training.checkpointEvery: 3")
                .training();
    }

    /** Sequences whose second half repeats the first: something to learn. */
    private static List<TrainingExample> examples(int count, long seed) {
        Random random = new Random(seed);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int half = 2 + random.nextInt(6);
            int[] ids = new int[2 * half];
            BitSet supervised = new BitSet();
            for (int t = 0; t < half; t++) {
                ids[t] = 3 + random.nextInt(20);
                ids[half + t] = ids[t];
            }
            supervised.set(half, 2 * half);
            examples.add(new TrainingExample("data.jsonl:" + (i + 1), new TokenSequence(ids, supervised)));
        }
        return examples;
    }

    /** The trained values after a run that stops after {@code stopAfter} steps; nothing if it did stop. */
    private Optional<List<float[]>> train(TrainingSpec spec, double dropout, int stopAfter, String key)
            throws IOException {
        ModelDirectory model = ModelDirectory.open(Path.of("src/test/resources/models/tiny-llama"), "tiny-llama");
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            LoraLayout layout =
                    LoraLayout.of(model.architecture(), new LoraSelection(new Targets(true, List.of()), 4, 8));
            LoraTensors lora = LoraTensors.initialize(arena, layout, dropout, 7, module -> new float[0]);
            Decoder decoder = Decoder.of(
                    arena,
                    model.architecture(),
                    BaseTensors.read(arena, model.architecture(), model.weights()),
                    lora,
                    false);
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStart(int step) {
                    starts.add(step);
                }

                @Override
                public void onStep(StepReport report) {
                    reports.add(report);
                    if (report.validationLoss() != null) {
                        weights.put(
                                report.step(),
                                decoder.trained().stream().map(Tensor::toFloats).toList());
                    }
                }

                @Override
                public void onMessage(String text) {
                    messages.add(text);
                }

                @Override
                public void onWarning(String text) {
                    warnings.add(text);
                }

                @Override
                public boolean stopRequested() {
                    return reports.size() >= stopAfter;
                }
            };
            Trainer trainer = new Trainer(
                    arena,
                    decoder,
                    spec,
                    examples(22, 1),
                    examples(6, 2),
                    288,
                    directory.resolve("checkpoint.safetensors"),
                    key,
                    listener);
            prepare.accept(trainer);
            Optional<List<float[]>> trained = trainer.run()
                    .map(result ->
                            decoder.trained().stream().map(Tensor::toFloats).toList());
            after.accept(trainer);
            return trained;
        }
    }

    @Test
    void learnsAndReports() throws IOException {
        train(spec(1e-2, 4096, 0), 0, NEVER, "key");
        assertThat(reports).hasSize(24);
        assertThat(reports.get(23).loss()).isLessThan(reports.get(0).loss() * 0.9);
        assertThat(reports.get(5).validationLoss()).isNotNull();
        assertThat(reports.get(4).validationLoss()).isNull();
        assertThat(reports.get(23).learningRate()).isLessThan(1e-3);
    }

    @Test
    void anInterruptedRunEndsInTheSameBytes() throws IOException {
        for (Optimizer optimizer : Optimizer.values()) {
            double dropout = optimizer == Optimizer.ADAMW ? 0.2 : 0;
            starts.clear();
            Files.deleteIfExists(directory.resolve("checkpoint.safetensors"));
            List<float[]> whole =
                    train(spec(1e-2, 40, 3, optimizer), dropout, NEVER, "whole").orElseThrow();
            reports.clear();
            assertThat(train(spec(1e-2, 40, 3, optimizer), dropout, 11, "key")).isEmpty();
            reports.clear();
            List<float[]> resumed =
                    train(spec(1e-2, 40, 3, optimizer), dropout, NEVER, "key").orElseThrow();
            assertThat(messages).contains("Resuming from the checkpoint of step 11 of 24.");
            assertThat(starts).endsWith(0, 0, 11);
            assertThat(resumed).hasSameSizeAs(whole);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(resumed.get(i)).isEqualTo(whole.get(i));
            }
        }
    }

    @Test
    void aRehearsalChangesNoByte() throws IOException {
        List<float[]> plain = train(spec(1e-2, 40, 3), 0.2, NEVER, "plain").orElseThrow();
        reports.clear();
        prepare = trainer -> trainer.rehearse(
                LargestBatch.of(examples(22, 1), spec(1e-2, 40, 3)).examples());
        List<float[]> rehearsed =
                train(spec(1e-2, 40, 3), 0.2, NEVER, "rehearsed").orElseThrow();
        for (int i = 0; i < plain.size(); i++) {
            assertThat(rehearsed.get(i)).isEqualTo(plain.get(i));
        }
    }

    @Test
    void aSmallerMicroBatchIsToldAndGoneOnWith() throws IOException {
        List<OptionalInt> lowered = new ArrayList<>();
        after = trainer -> lowered.add(trainer.loweredMicroBatch());
        train(spec(1e-2, 40, 3), 0, NEVER, "plain");
        reports.clear();
        prepare = trainer -> trainer.lower(16);
        assertThat(train(spec(1e-2, 40, 3), 0, 11, "key")).isEmpty();
        reports.clear();
        prepare = trainer -> {};
        train(spec(1e-2, 40, 3), 0, NEVER, "key");
        assertThat(lowered).containsExactly(OptionalInt.empty(), OptionalInt.of(16), OptionalInt.of(16));
    }

    @Test
    void theLargestBatchIsTheOneWithMostTokens() {
        List<TrainingExample> examples = examples(22, 1);
        LargestBatch largest = LargestBatch.of(examples, spec(1e-2, 4096, 3));
        assertThat(examples).containsAll(largest.examples());
        int longest =
                examples.stream().mapToInt(each -> each.tokens().length()).max().orElseThrow();
        assertThat(largest.batch().longest()).isBetween(longest - 1L, longest + 7L);
        assertThat(largest.batch().tokens())
                .isLessThanOrEqualTo(largest.examples().size() * largest.batch().longest());
        assertThat(LargestBatch.of(examples, spec(1e-2, 16, 3)).batch().tokens())
                .as("16, before each sequence is padded to a multiple of 8")
                .isLessThanOrEqualTo(32);
    }

    @Test
    void aCheckpointOfAnotherTrainingIsNotGoneOnWith() throws IOException {
        train(spec(1e-2, 4096, 0), 0, 5, "one");
        reports.clear();
        train(spec(1e-2, 4096, 0), 0, NEVER, "two");
        assertThat(reports).hasSize(24);
        assertThat(messages).isEmpty();
    }

    @Test
    void aDamagedCheckpointIsPutAsideAndTrainingStartsAgain() throws IOException {
        Path checkpoint = directory.resolve("checkpoint.safetensors");
        Path kept = directory.resolve("checkpoint.safetensors.damaged");
        List<float[]> whole = train(spec(1e-2, 4096, 3), 0.1, NEVER, "whole").orElseThrow();
        reports.clear();
        assertThat(train(spec(1e-2, 4096, 3), 0.1, 11, "key")).isEmpty();
        byte[] bytes = Files.readAllBytes(checkpoint);
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1; // one bit of a value: another value
        for (byte[] damaged : List.of(
                flipped,
                Arrays.copyOf(bytes, bytes.length / 2),
                Arrays.copyOf(bytes, 100),
                new byte[0],
                new byte[4096])) {
            Files.write(checkpoint, damaged);
            reports.clear();
            warnings.clear();
            List<float[]> again = train(spec(1e-2, 4096, 3), 0.1, NEVER, "key").orElseThrow();
            assertThat(warnings)
                    .containsExactly(
                            "The checkpoint of an interrupted training is damaged: its bytes changed since they"
                                    + " were written. Training starts again; the file is kept as " + kept + ".");
            assertThat(reports).hasSize(24);
            assertThat(starts).endsWith(0);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(again.get(i)).isEqualTo(whole.get(i));
            }
            assertThat(kept).hasBinaryContent(damaged);
        }
        Files.write(checkpoint, bytes);
        reports.clear();
        train(spec(1e-2, 4096, 3), 0.1, NEVER, "key");
        assertThat(starts).endsWith(11);
    }

    /** The key names all that a training depends on, so such a file was made by hand or by a fault. */
    @Test
    void aCheckpointOfAStepThatTheTrainingDoesNotHaveIsPutAside() throws IOException {
        assertThat(train(spec(1e-2, 4096, 0), 0, 11, "key")).isEmpty();
        reports.clear();
        train(epochs(1), 0, NEVER, "key");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The checkpoint of an interrupted training is damaged");
        assertThat(starts).endsWith(0);
        assertThat(reports).hasSize(6);
    }

    private static TrainingSpec epochs(double epochs) {
        return TestSpec.with(
                        "training.epochs: " + epochs,
                        "training.learningRate: 1.0e-2",
                        "training.batchSize: 4",
                        "training.microBatchTokens: 4096",
                        "training.warmup: 0.1",
                        "training.weightDecay: 0.01",
                        "training.gradientCheckpointing: off",
                        "training.seed: 7",
                        "training.checkpointEvery: 3")
                .training();
    }

    /** All examples are one batch and the adapter begins alike, so that no more than the masks can differ. */
    @Test
    void theSeedReachesDropout() throws IOException {
        List<float[]> without = train(seeded(42), 0, NEVER, "a").orElseThrow();
        assertThat(furthest(train(seeded(43), 0, NEVER, "b").orElseThrow(), without))
                .isLessThan(1e-4);
        List<float[]> with = train(seeded(42), 0.3, NEVER, "c").orElseThrow();
        assertThat(furthest(train(seeded(42), 0.3, NEVER, "d").orElseThrow(), with))
                .isZero();
        for (long seed : new long[] {43, 1234, 42 + (1L << 20), 42 + (1L << 32)}) {
            assertThat(furthest(train(seeded(seed), 0.3, NEVER, "e" + seed).orElseThrow(), with))
                    .isGreaterThan(1e-3);
        }
    }

    private static TrainingSpec seeded(long seed) {
        return TestSpec.with(
                        "training.epochs: 4",
                        "training.learningRate: 1.0e-2",
                        "training.batchSize: 22",
                        "training.microBatchTokens: 40",
                        "training.optimizer: adafactor",
                        "training.schedule: constant",
                        "training.warmup: 0",
                        "training.gradientCheckpointing: off",
                        "training.seed: " + seed)
                .training();
    }

    private static double furthest(List<float[]> one, List<float[]> two) {
        double furthest = 0;
        for (int i = 0; i < one.size(); i++) {
            for (int j = 0; j < one.get(i).length; j++) {
                furthest = Math.max(furthest, Math.abs(one.get(i)[j] - two.get(i)[j]));
            }
        }
        return furthest;
    }

    @Test
    void microBatchesDoNotChangeTheLoss() throws IOException {
        train(spec(1e-2, 4096, 0), 0, NEVER, "one");
        List<StepReport> atOnce = List.copyOf(reports);
        reports.clear();
        train(spec(1e-2, 1, 0), 0, NEVER, "two");
        for (int i = 0; i < atOnce.size(); i++) {
            assertThat(reports.get(i).loss()).isCloseTo(atOnce.get(i).loss(), within(2e-4));
        }
    }

    @Test
    void aRateFarTooHighStopsWithTheStepAndTheBatch() {
        assertThatThrownBy(() -> train(spec(1e5, 4096, 0), 0, NEVER, "key"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("training stopped at step \\d+ of 24: .*The batch: data\\.jsonl:\\d+, .*"
                        + "Lower training.learningRate \\(100000.0\\) or look at these examples\\.");
    }

    @Test
    void stopsEarlyAndKeepsTheBest() throws IOException {
        List<float[]> kept = train(untilWorse(40, 4), 0, NEVER, "key").orElseThrow();
        StepReport best = bestValidation();
        int last = reports.size();
        assertThat(last).isLessThan(240);
        assertThat(best.step()).isEqualTo(last - 2 * 4).isGreaterThan(2);
        assertThat(kept).usingRecursiveComparison().isEqualTo(weights.get(best.step()));
        assertThat(kept).usingRecursiveComparison().isNotEqualTo(weights.get(last));
        assertThat(messages)
                .containsExactly("Stopping early at step " + last + " of 240: the validation loss has not improved in 4"
                        + " validations. The weights of step " + best.step() + " are kept.");
    }

    @Test
    void keepsTheBestWhereNothingStopsIt() throws IOException {
        List<float[]> kept = train(untilWorse(10, 1000), 0, NEVER, "key").orElseThrow();
        StepReport best = bestValidation();
        assertThat(reports).hasSize(60);
        assertThat(best.step()).isBetween(4, 58);
        assertThat(kept).usingRecursiveComparison().isEqualTo(weights.get(best.step()));
        assertThat(messages).isEmpty();
    }

    @Test
    void keepsTheLastWhereTheBestIsNotAskedFor() throws IOException {
        List<float[]> kept = train(untilWorse(10, 0), 0, NEVER, "key").orElseThrow();
        assertThat(bestValidation().step()).isLessThan(60);
        assertThat(kept).usingRecursiveComparison().isEqualTo(weights.get(60));
    }

    private StepReport bestValidation() {
        return reports.stream()
                .filter(report -> report.validationLoss() != null)
                .min(Comparator.comparing(StepReport::validationLoss))
                .orElseThrow();
    }

    private static TrainingSpec untilWorse(int epochs, int earlyStopping) {
        return TestSpec.with(
                        "training.epochs: " + epochs,
                        "training.learningRate: 5.0e-2",
                        "training.batchSize: 4",
                        "training.microBatchTokens: 4096",
                        "training.schedule: constant",
                        "training.warmup: 0",
                        "training.gradientCheckpointing: off",
                        "training.seed: 7",
                        "dataset.validation: 0.1",
                        "training.validateEvery: 2",
                        "training.earlyStopping: " + earlyStopping)
                .training();
    }
}
