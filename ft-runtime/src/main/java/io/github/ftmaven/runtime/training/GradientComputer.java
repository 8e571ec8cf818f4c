package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.torch.Arena;
import java.util.List;

/**
 * Computes gradients for a trainer in another process. What it computes is a function of its arguments alone, so it may be
 * asked again. Not thread-safe.
 */
public final class GradientComputer {
    private final Decoder decoder;
    private final OptimizerState state;
    private final TensorBytes bytes;

    /**
     * Prepares to compute.
     *
     * @param arena owns the gradients
     * @param decoder the same as the trainer's, with any weights
     */
    public GradientComputer(Arena arena, Decoder decoder) {
        this.decoder = decoder;
        this.state = OptimizerState.gradients(arena, decoder.trained());
        this.bytes = new TensorBytes(arena);
    }

    /**
     * Takes the weights of a step.
     *
     * @param weights of the trained tensors, as in {@link RemoteGradients.Workers}
     */
    public void take(List<byte[]> weights) {
        bytes.fill(decoder.trained(), weights);
    }

    /**
     * Computes a micro-batch with the weights that were taken last.
     *
     * @param seed of the dropout masks
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if it does not fit
     */
    public ComputedGradient compute(MicroBatch microBatch, long seed) {
        decoder.reset(state); // an earlier one may have ended half-way
        decoder.accumulate(microBatch.sequences(), seed, microBatch.pass(), state);
        return new ComputedGradient(state.loss().toDoubles()[0], bytes.of(state.gradients()));
    }
}
