package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.TensorParts;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Optimizer;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import io.github.ftmaven.runtime.torch.Arena;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The training loop.
 *
 * <p>The loss of an optimizer step is the sum of its tokens' cross-entropies over the number of its supervised tokens,
 * independent of the micro-batches. Every random choice depends only on the seed and the step, so a resumed run ends in
 * the same bytes as an uninterrupted one.
 */
public final class Trainer {
    private static final int FIRST_STEPS = 10;
    private static final int SHOWN_SOURCES = 5;

    private final Decoder decoder;
    private final TrainingSpec spec;
    private final List<TrainingExample> validation;
    private final EpochOrder order;
    private final int steps;
    private final LearningRate learningRate;
    private final double divergedAbove;
    private final TensorParts parts;
    private final CheckpointFile checkpoint;
    private final TrainingListener listener;
    private final OptimizerState state;
    private final Accumulation accumulation;

    private Gradients gradients = new LocalGradients();
    private Progress progress = Progress.START;
    private @Nullable List<List<ByteBuffer>> best;

    /**
     * Prepares a training.
     *
     * @param arena owns the optimizer's state
     * @param decoder the initialized decoder to train
     * @param train at least one example
     * @param validation may be empty
     * @param vocabSize rows of the embedding: random guessing has the loss ln(vocabSize)
     * @param checkpoint the file that keeps the state of an interrupted run
     * @param key identifies everything that the result depends on
     */
    public Trainer(
            Arena arena,
            Decoder decoder,
            TrainingSpec spec,
            List<TrainingExample> train,
            List<TrainingExample> validation,
            int vocabSize,
            Path checkpoint,
            String key,
            TrainingListener listener) {
        this.decoder = decoder;
        this.spec = spec;
        this.validation = validation;
        this.order = new EpochOrder(train, spec.batchSize(), spec.seed());
        this.steps = steps(spec.epochs(), order.stepsPerEpoch());
        this.learningRate = LearningRate.of(
                spec.optimization().schedule(),
                spec.optimization().learningRate(),
                spec.optimization().warmup(),
                steps);
        this.parts = new TensorParts(arena);
        this.divergedAbove = 2 * Math.log(vocabSize);
        this.checkpoint = new CheckpointFile(checkpoint, key, steps, parts);
        this.listener = listener;
        this.state = OptimizerState.zero(
                arena, decoder.trained(), spec.optimization().optimizer() == Optimizer.ADAFACTOR);
        this.accumulation = new Accumulation(new StepGradients(), spec.microBatchTokens(), listener);
    }

    static int steps(double epochs, int stepsPerEpoch) {
        long steps = Math.max(1, Math.round(epochs * stepsPerEpoch));
        if (steps > Integer.MAX_VALUE) {
            throw new InvalidInputException("training.epochs: " + epochs + " would take " + steps
                    + " steps of the optimizer, more than any training. Lower it.");
        }
        return (int) steps;
    }

    /**
     * Trains, from the checkpoint if there is one with this key.
     *
     * @return the result, or empty if the listener asked to stop; the state is then in a checkpoint
     * @throws InvalidInputException if the loss is not finite, or grows beyond the loss of random guessing
     */
    public Optional<TrainingResult> run() throws IOException {
        resume();
        List<List<TrainingExample>> batches = List.of();
        int epochOfBatches = -1;
        while (progress.step() < steps && !stoppedEarly()) {
            int step = progress.step();
            int epoch = step / order.stepsPerEpoch();
            if (epoch != epochOfBatches) {
                batches = order.batches(epoch);
                epochOfBatches = epoch;
            }
            List<TrainingExample> batch = batches.get(step % order.stepsPerEpoch());

            long start = System.nanoTime();
            long supervised = count(batch);
            accumulation.of(batch);
            double rate = learningRate.at(step);
            Decoder.Step taken = decoder.update(
                    state,
                    supervised,
                    rate,
                    spec.optimization().maxGradientNorm(),
                    spec.optimization().weightDecay());
            double loss = taken.loss() / supervised;
            double seconds = (System.nanoTime() - start) / 1e9;

            progress = progress.plus(loss, seconds, tokens(batch), supervised);
            checkHealth(loss, taken.norm(), batch);
            Double validationLoss = validationIsDue() ? (Double) validate() : null;
            listener.onStep(report(loss, rate, taken.norm(), validationLoss));

            boolean stop = listener.stopRequested();
            if (stop || progress.step() % spec.run().checkpointEvery() == 0) {
                checkpoint.save(progress, accumulation.maxTokens(), decoder.trained(), state, best);
            }
            if (stop) {
                return Optional.empty();
            }
        }
        keepBest();
        return Optional.of(result());
    }

    /** Computes the gradients elsewhere. Call this before the first step. */
    public void computeBy(Gradients elsewhere) {
        gradients = elsewhere;
    }

    /** Computes fewer tokens at once than the spec declares. Call this before the first step. */
    public void lower(int microBatchTokens) {
        accumulation.lower(microBatchTokens);
    }

    /**
     * Computes the gradients of a batch and forgets them. If memory is short, that shows now, not after hours. The
     * result of the training is the same to the bit.
     */
    public void rehearse(List<TrainingExample> batch) {
        accumulation.rehearse(batch);
    }

    /** The most tokens that were computed at once, if these were fewer than the spec declares. */
    public OptionalInt loweredMicroBatch() {
        return accumulation.maxTokens() < spec.microBatchTokens()
                ? OptionalInt.of(accumulation.maxTokens())
                : OptionalInt.empty();
    }

    /** Tells what a stopped training has saved, and how to resume it. */
    public String saved() {
        return String.format(
                Locale.ROOT,
                "A checkpoint of step %,d of %,d is saved. Run the same command again to resume at step %,d.",
                progress.step(),
                steps,
                progress.step() + 1);
    }

    /** Deletes the checkpoint; call this when the result is saved. */
    public void deleteCheckpoint() throws IOException {
        checkpoint.delete();
    }

    private void resume() throws IOException {
        CheckpointFile.Found found =
                checkpoint.restore(decoder.trained(), state).orElse(null);
        if (found instanceof CheckpointFile.Saved saved) {
            progress = saved.progress();
            best = saved.best();
            lower(saved.microBatchTokens());
            listener.onMessage("Resuming from the checkpoint of step " + progress.step() + " of " + steps + ".");
        } else if (found instanceof CheckpointFile.Damaged damaged) {
            listener.onWarning("The checkpoint of an interrupted training is damaged: its bytes changed since they were"
                    + " written. Training starts again; the file is kept as " + damaged.kept() + ".");
        }
        listener.onStart(progress.step());
    }

    /** The gradients of the step at hand, in the optimizer's state. */
    private final class StepGradients implements Accumulation.Sum {
        @Override
        public void add(List<List<TokenSequence>> parts) {
            List<MicroBatch> microBatches = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                microBatches.add(new MicroBatch(pass(progress.step(), part), parts.get(part)));
            }
            gradients.add(decoder, microBatches, spec.seed(), state);
        }

        @Override
        public void clear() {
            decoder.forget(state);
        }
    }

    /** A unique number for each micro-batch of the run: a batch has at most as many as it has examples. */
    private long pass(int step, int part) {
        return (long) step * spec.batchSize() + part;
    }

    private boolean validationIsDue() {
        int every = spec.validation().validateEvery() > 0 ? spec.validation().validateEvery() : order.stepsPerEpoch();
        return !validation.isEmpty() && (progress.step() % every == 0 || progress.step() == steps);
    }

    private double validate() {
        double loss = 0;
        for (List<TrainingExample> part : MicroBatches.of(validation, accumulation.maxTokens())) {
            loss += decoder.loss(MicroBatches.sequences(part));
        }
        loss /= count(validation);
        progress = progress.validated(loss);
        if (spec.validation().earlyStopping() > 0 && progress.bestStep() == progress.step()) {
            best = decoder.trained().stream().map(parts::copy).toList();
        }
        return loss;
    }

    private boolean stoppedEarly() {
        if (spec.validation().earlyStopping() == 0
                || progress.badValidations() < spec.validation().earlyStopping()) {
            return false;
        }
        listener.onMessage("Stopping early at step " + progress.step() + " of " + steps + ": the validation loss has"
                + " not improved in " + Counted.of(progress.badValidations(), "validation") + ". The weights of step "
                + progress.bestStep() + " are kept.");
        return true;
    }

    private void keepBest() {
        if (best != null) {
            for (int i = 0; i < best.size(); i++) {
                parts.fill(decoder.trained().get(i), best.get(i));
            }
        }
    }

    private void checkHealth(double loss, double norm, List<TrainingExample> batch) {
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw stopped(Double.isFinite(loss) ? "the gradient is not finite" : "the loss is " + loss, batch);
        }
        Double first = progress.firstLoss();
        if (first != null
                && progress.step() > 2 * FIRST_STEPS
                && progress.recentLoss() > Math.max(divergedAbove, 2 * first)) {
            throw stopped(
                    String.format(
                            Locale.ROOT,
                            "training diverged: the loss of the last %d steps is %.2f, at the start it was %.2f",
                            FIRST_STEPS,
                            progress.recentLoss(),
                            first),
                    batch);
        }
    }

    private InvalidInputException stopped(String why, List<TrainingExample> batch) {
        String sources =
                batch.stream().limit(SHOWN_SOURCES).map(TrainingExample::source).collect(Collectors.joining(", "));
        int more = batch.size() - SHOWN_SOURCES;
        return new InvalidInputException("training stopped at step " + progress.step() + " of " + steps + ": " + why
                + ". The batch: " + sources + (more > 0 ? " and " + more + " more" : "")
                + ". Lower training.learningRate (" + spec.optimization().learningRate()
                + ") or look at these examples.");
    }

    private StepReport report(double loss, double rate, double norm, @Nullable Double validationLoss) {
        double secondsLeft = progress.seconds() / progress.step() * (steps - progress.step());
        return new StepReport(
                progress.step(),
                steps,
                (double) progress.step() / order.stepsPerEpoch(),
                loss,
                rate,
                norm,
                progress.tokensPerSecond(),
                secondsLeft,
                validationLoss);
    }

    private TrainingResult result() {
        return new TrainingResult(
                progress.step(),
                steps,
                progress.seconds(),
                progress.tokens(),
                progress.supervisedTokens(),
                progress.tokensPerSecond(),
                progress.recentLoss(),
                progress.bestLoss(),
                best == null ? progress.step() : progress.bestStep());
    }

    private static long count(List<TrainingExample> examples) {
        return examples.stream().mapToLong(TrainingExample::supervisedCount).sum();
    }

    private static long tokens(List<TrainingExample> examples) {
        return examples.stream().mapToLong(TrainingExample::length).sum();
    }
}
