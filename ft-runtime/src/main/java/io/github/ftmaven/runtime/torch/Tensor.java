package io.github.ftmaven.runtime.torch;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor in native memory. It belongs to the {@link Arena} it came from and is freed with it, or earlier by
 * {@link #close}.
 *
 * <p>Only tensors of 32-bit floats, 64-bit integers and bytes can be read here. Others (bfloat16 above all, which DJL
 * does not know: asking it for the type of one ends the process) live inside scripts, and leave them as bytes.
 */
public final class Tensor implements AutoCloseable {
    private final NDArray array;

    Tensor(NDArray array) {
        this.array = array;
    }

    NDArray array() {
        return array;
    }

    /** The sizes of the dimensions; empty for a scalar. */
    public long[] shape() {
        return array.getShape().getShape();
    }

    /**
     * All elements of a float32 tensor, in row-major order. Waits for the device.
     *
     * @throws IllegalStateException if they have more bytes than the 2 GiB that cross at once
     */
    public float[] toFloats() {
        if (array.size() > Arena.MOST_FLOATS) {
            throw new IllegalStateException(array.getShape() + " has more elements than cross at once");
        }
        return array.toFloatArray();
    }

    /** All elements of an int64 tensor, in row-major order. Waits for the device. */
    public long[] toLongs() {
        return array.toLongArray();
    }

    /** The single element of a float32 tensor. Waits for the device. */
    public float item() {
        return array.toFloatArray()[0];
    }

    /** The memory of a tensor of bytes, copied, little-endian where it holds numbers. */
    public ByteBuffer toBytes() {
        return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Frees the memory now. */
    @Override
    public void close() {
        array.close();
    }
}
