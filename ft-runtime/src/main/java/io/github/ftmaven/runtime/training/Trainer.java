package io.github.ftmaven.runtime.training;

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
    private final TrainingLength length;
    private final int steps;
    private final double divergedAbove;
    private final TensorParts parts;
    private final CheckpointFile checkpoint;
    private final TrainingListener listener;
    private final OptimizerState state;
    private final Advance advance;

    private Gradients gradients = new LocalGradients();
    private Replicas replicas;
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
        Course course = Course.of(spec, train);
        this.length = course.length();
        this.steps = length.steps();
        this.parts = new TensorParts(arena);
        this.divergedAbove = 2 * Math.log(vocabSize);
        this.checkpoint = new CheckpointFile(checkpoint, key, steps, parts);
        this.listener = listener;
        this.state = OptimizerState.zero(
                arena, decoder.trained(), spec.optimization().optimizer() == Optimizer.ADAFACTOR);
        TensorBytes bytes = new TensorBytes(arena);
        this.replicas = new LocalReplicas(decoder, state, spec, bytes, listener::stopRequested);
        Integer localSteps = spec.optimization().localSteps();
        this.advance = localSteps == null
                ? new SynchronousSteps(
                        decoder,
                        state,
                        spec,
                        course,
                        (own, microBatches, seed, sum) -> gradients.add(own, microBatches, seed, sum),
                        listener)
                : new LocalRounds(
                        decoder,
                        state,
                        spec,
                        course,
                        localSteps,
                        (weights, rounds, results) -> replicas.train(weights, rounds, results),
                        bytes,
                        listener);
    }

    /**
     * Trains, from the checkpoint if there is one with this key.
     *
     * @return the result, or empty if the listener asked to stop; {@link #saved} then says what is in a checkpoint
     * @throws InvalidInputException if the loss is not finite, or grows beyond the loss of random guessing
     */
    public Optional<TrainingResult> run() throws IOException {
        resume();
        advance.warning().ifPresent(listener::onWarning);
        while (progress.step() < steps && !stoppedEarly()) {
            int before = progress.step();
            List<TakenStep> taken = advance.from(before);
            for (TakenStep each : taken) {
                progress = progress.plus(each.loss(), each.seconds(), each.tokens(), each.supervised());
                checkHealth(each);
                boolean isLast = progress.step() == before + taken.size();
                Double validationLoss = isLast && validationIsDue(before) ? (Double) validate() : null;
                listener.onStep(report(each, validationLoss));
            }
            boolean stop = taken.isEmpty() || listener.stopRequested();
            if (progress.step() > 0 && (stop || reached(spec.run().checkpointEvery(), before, progress.step()))) {
                checkpoint.save(progress, accumulation().maxTokens(), decoder.trained(), state, best);
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

    /** Trains the replicas of {@code training.localSteps} elsewhere. Call this before the first step. */
    public void trainBy(Replicas elsewhere) {
        replicas = elsewhere;
    }

    /** Computes fewer tokens at once than the spec declares. Call this before the first step. */
    public void lower(int microBatchTokens) {
        accumulation().lower(microBatchTokens);
    }

    /**
     * Computes the gradients of a batch and forgets them. If memory is short, that shows now, not after hours. The
     * result of the training is the same to the bit.
     */
    public void rehearse(List<TrainingExample> batch) {
        accumulation().rehearse(batch);
    }

    /** The most tokens that were computed at once, if these were fewer than the spec declares. */
    public OptionalInt loweredMicroBatch() {
        return accumulation().maxTokens() < spec.microBatchTokens()
                ? OptionalInt.of(accumulation().maxTokens())
                : OptionalInt.empty();
    }

    /** Tells what a stopped training has saved, and how to resume it. */
    public String saved() {
        if (progress.step() == 0) {
            return "No round of training.localSteps is complete, so nothing is saved. Run the same command again to start"
                    + " over.";
        }
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

    private Accumulation accumulation() {
        return advance.accumulation();
    }

    /** Whether a multiple of a number lies after one count and not after another. */
    private static boolean reached(int every, int before, int now) {
        return now / every > before / every;
    }

    private boolean validationIsDue(int before) {
        int every = spec.validation().validateEvery();
        boolean isDue = every > 0
                ? reached(every, before, progress.step())
                : reached(length.perEpoch(), length.batchesOf(before), length.batchesOf(progress.step()));
        return !validation.isEmpty() && (isDue || progress.step() == steps);
    }

    private double validate() {
        double loss = 0;
        for (List<TrainingExample> part :
                MicroBatches.of(validation, accumulation().maxTokens())) {
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

    private void checkHealth(TakenStep taken) {
        double loss = taken.loss();
        if (!Double.isFinite(loss) || !Double.isFinite(taken.norm())) {
            throw stopped(Double.isFinite(loss) ? "the gradient is not finite" : "the loss is " + loss, taken);
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
                    taken);
        }
    }

    private InvalidInputException stopped(String why, TakenStep taken) {
        List<TrainingExample> batch = taken.examples();
        String sources =
                batch.stream().limit(SHOWN_SOURCES).map(TrainingExample::source).collect(Collectors.joining(", "));
        int more = batch.size() - SHOWN_SOURCES;
        return new InvalidInputException("training stopped at step " + progress.step() + " of " + steps + ": " + why
                + ". The batch: " + sources + (more > 0 ? " and " + more + " more" : "")
                + ". Lower training.learningRate (" + spec.optimization().learningRate()
                + ") or look at these examples.");
    }

    private StepReport report(TakenStep taken, @Nullable Double validationLoss) {
        double secondsLeft = progress.seconds() / progress.step() * (steps - progress.step());
        return new StepReport(
                progress.step(),
                steps,
                length.epochsOf(progress.step()),
                taken.loss(),
                taken.rate(),
                taken.norm(),
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
}
