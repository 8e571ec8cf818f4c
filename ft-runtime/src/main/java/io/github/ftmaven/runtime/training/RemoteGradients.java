package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.List;

/**
 * Has gradients computed by other processes, and adds them up here: in the order of the micro-batches, whoever computed which
 * and whoever was first. On processors of one kind with as many threads, a training therefore ends in the bytes of {@link
 * LocalGradients}.
 */
public final class RemoteGradients implements Gradients {
    private final Workers workers;
    private final TensorBytes bytes;
    private final List<Tensor> computed;

    /** The processes. */
    @FunctionalInterface
    public interface Workers {
        /**
         * Has each micro-batch computed by a {@link GradientComputer}.
         *
         * @param weights of the trained tensors, in parts: little-endian float32, one tensor after the other
         * @return the gradients in the order of the micro-batches
         * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if one of them does not fit
         */
        List<ComputedGradient> compute(List<byte[]> weights, List<MicroBatch> microBatches, long seed);
    }

    /**
     * Prepares a training.
     *
     * @param arena owns the memory for one gradient
     * @param decoder the decoder to train
     */
    public RemoteGradients(Arena arena, Decoder decoder, Workers workers) {
        this.workers = workers;
        this.bytes = new TensorBytes(arena);
        this.computed = OptimizerState.gradients(arena, decoder.trained()).gradients();
    }

    @Override
    public void add(Decoder decoder, List<MicroBatch> microBatches, long seed, OptimizerState state) {
        for (ComputedGradient each : workers.compute(bytes.of(decoder.trained()), microBatches, seed)) {
            bytes.fill(computed, each.values());
            decoder.add(computed, each.loss(), state);
        }
    }
}
