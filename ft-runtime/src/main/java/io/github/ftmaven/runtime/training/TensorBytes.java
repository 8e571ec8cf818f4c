package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.TensorParts;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The values of tensors as arrays of bytes, which other processes understand. */
final class TensorBytes {
    private final TensorParts parts;

    TensorBytes(Arena arena) {
        this.parts = new TensorParts(arena);
    }

    /** Little-endian float32, one tensor after the other; each begins with an array of its own. */
    List<byte[]> of(List<Tensor> tensors) {
        List<byte[]> values = new ArrayList<>();
        for (Tensor tensor : tensors) {
            for (ByteBuffer part : parts.copy(tensor)) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                values.add(bytes);
            }
        }
        return values;
    }

    /**
     * Replaces the values of tensors.
     *
     * @throws IllegalArgumentException if they have another size
     */
    void fill(List<Tensor> tensors, List<byte[]> values) {
        int next = 0;
        for (Tensor tensor : tensors) {
            long size = size(tensor);
            long filled = 0;
            while (filled < size && next < values.size()) {
                byte[] bytes = values.get(next++);
                if (filled + bytes.length > size) {
                    throw new IllegalArgumentException("the values have another size than their tensors");
                }
                parts.fill(tensor, filled / Float.BYTES, bytes);
                filled += bytes.length;
            }
            if (filled < size) {
                throw new IllegalArgumentException("the values have another size than their tensors");
            }
        }
        if (next < values.size()) {
            throw new IllegalArgumentException("there are more values than tensors");
        }
    }

    /** In bytes. */
    static long size(Tensor tensor) {
        long size = Float.BYTES;
        for (long length : tensor.shape()) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }
}
