package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.OptimizerStep;
import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.Optimizer;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import io.github.ftmaven.runtime.torch.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains one replica after the other in this process. Each begins with the weights that it is given and a fresh optimizer,
 * so what it becomes is a function of the arguments alone, and it may be trained again. Not thread-safe.
 */
public final class LocalReplicas implements Replicas {
    private final Decoder decoder;
    private final OptimizerState state;
    private final TrainingSpec spec;
    private final TensorBytes bytes;
    private final BooleanSupplier stopRequested;

    /**
     * Prepares a process that another one leads.
     *
     * @param arena owns the optimizer's state
     * @param decoder the same as the leader's, with any weights
     */
    public LocalReplicas(Arena arena, Decoder decoder, TrainingSpec spec) {
        this(
                decoder,
                OptimizerState.zero(
                        arena, decoder.trained(), spec.optimization().optimizer() == Optimizer.ADAFACTOR),
                spec,
                new TensorBytes(arena),
                () -> false);
    }

    /**
     * Prepares to train with the decoder and the state of a trainer.
     *
     * @param stopRequested asked before each step
     */
    LocalReplicas(
            Decoder decoder,
            OptimizerState state,
            TrainingSpec spec,
            TensorBytes bytes,
            BooleanSupplier stopRequested) {
        this.decoder = decoder;
        this.state = state;
        this.spec = spec;
        this.bytes = bytes;
        this.stopRequested = stopRequested;
    }

    @Override
    public boolean train(List<byte[]> weights, List<ReplicaRound> rounds, Consumer<TrainedReplica> results) {
        for (ReplicaRound round : rounds) {
            bytes.fill(decoder.trained(), weights);
            decoder.restart(state);
            List<OptimizerStep> taken = new ArrayList<>();
            for (ReplicaRound.LocalStep step : round.steps()) {
                if (stopRequested.getAsBoolean()) {
                    return false;
                }
                taken.add(take(step));
            }
            results.accept(new TrainedReplica(taken, bytes.of(decoder.trained())));
        }
        return true;
    }

    private OptimizerStep take(ReplicaRound.LocalStep step) {
        for (MicroBatch each : step.microBatches()) {
            decoder.accumulate(each.sequences(), spec.seed(), each.pass(), state);
        }
        OptimizationSpec optimization = spec.optimization();
        return decoder.update(
                state, step.supervised(), step.rate(), optimization.maxGradientNorm(), optimization.weightDecay());
    }
}
