package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** The tensors of a model on disk, from one file or several shards. Immutable; safe for several threads. */
public interface Weights {
    /** Every tensor by name, in the order of the file (of the shards in the order of their names). */
    Map<String, TensorInfo> tensors();

    /**
     * The file that holds a tensor, as the user would write its path.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    String file(String name);

    /**
     * Part of a tensor's bytes, mapped from disk: read-only, little-endian, row-major, position 0. The buffer stays
     * valid for as long as it is reachable.
     *
     * @param offset the first byte, counted from the start of the tensor
     * @throws IllegalArgumentException if there is no such tensor, or the range is not within it
     */
    ByteBuffer bytes(String name, long offset, int length);

    /**
     * Reads part of a tensor's bytes without mapping them, so that they take no more memory than the buffer's.
     *
     * @param into filled from its position to its limit
     * @throws IllegalArgumentException as {@link #bytes(String, long, int)}
     */
    void read(String name, long offset, ByteBuffer into);

    /**
     * All bytes of a tensor; see {@link #bytes(String, long, int)}.
     *
     * @throws IllegalArgumentException if there is no such tensor, or it is larger than 2 GiB - 1: read that in slices
     */
    default ByteBuffer bytes(String name) {
        long size = tensor(name).size();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " has " + size + " bytes: more than one buffer can hold");
        }
        return bytes(name, 0, (int) size);
    }

    /** A quantized tensor; empty for any other tensor, whose elements {@link #bytes} returns. */
    default Optional<QuantizedTensor> quantized(String name) {
        return Optional.empty();
    }

    /**
     * The header's entry for one tensor.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    default TensorInfo tensor(String name) {
        TensorInfo tensor = tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor named " + name);
        }
        return tensor;
    }
}
