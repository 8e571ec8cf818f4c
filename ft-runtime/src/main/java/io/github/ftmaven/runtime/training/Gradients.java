package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import java.util.List;

/** Computes the gradients of a step: in this process, or in others. */
@FunctionalInterface
public interface Gradients {
    /**
     * Adds the gradients and losses of micro-batches to those of the state. Sums depend on their order, so this is the order
     * of the micro-batches.
     *
     * @param decoder the decoder to train, with the weights of the step
     * @param seed of the dropout masks
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if one of them does not fit
     */
    void add(Decoder decoder, List<MicroBatch> microBatches, long seed, OptimizerState state);
}
