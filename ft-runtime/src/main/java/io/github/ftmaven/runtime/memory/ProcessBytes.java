package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;

/** What the worker takes beside tensors: measured on Linux, see docs/plan.md. */
final class ProcessBytes {
    private static final long MIB = 1 << 20;

    /** The JVM, its heap and its code, and the libraries of libtorch for a CPU. */
    private static final long JAVA = 220 * MIB;

    /** The tokenizer, for each entry of the vocabulary. */
    private static final long TOKEN = 1 << 10;

    /** CUDA's context, its libraries and their workspaces, on the device; not measured. */
    private static final long CUDA = 640 * MIB;

    /** What libtorch's copies of a part of a file, and quantizing, need for each element of a linear layer. */
    private static final long QUANTIZING = 24;

    private static final long SLICES = 96 * MIB;

    /** The optimized programs of TorchScript. */
    private static final long COMPILED = 10 * MIB;

    private ProcessBytes() {}

    /** In the memory that tensors are in. */
    static long fixed(Architecture architecture, Held held) {
        return held.isOnGpu() ? CUDA : ofJava(architecture);
    }

    static long ofJava(Architecture architecture) {
        return JAVA + TOKEN * architecture.dimensions().vocabSize();
    }

    static long ofLoading(long largestLinear, Held held) {
        return SLICES + (held.isQuantized() ? QUANTIZING * largestLinear : 0);
    }

    /**
     * Freed memory between tensors that live on, and what libtorch keeps for itself. glibc cannot reuse the room of a
     * tensor for another of the same size, because libtorch wants both aligned; the shares are measured.
     *
     * @param kept from the forward pass to the backward pass
     * @param layer made and freed while a layer is computed
     */
    static long unusable(TensorTally kept, TensorTally layer, Held held) {
        if (held.isOnGpu()) {
            return (kept.bytes() + layer.bytes()) / 20;
        }
        boolean isSingle = held.type() == DType.F32;
        double besideKept = isSingle ? 0.85 : 0.4;
        double besideFreed = isSingle ? 2.5 : 1.6;
        return COMPILED + Math.round(besideKept * kept.inHeap() + besideFreed * layer.inHeap());
    }
}
