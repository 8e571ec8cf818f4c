package io.github.ftmaven.runtime.torch;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor in native memory. Its {@link Arena} frees it, unless {@link #close} does so earlier.
 *
 * <p>Java code can read only tensors of floats, 64-bit integers and bytes. Other types stay inside scripts,
 * which return them as bytes. This concerns bfloat16 above all: DJL does not know it, and asking for the type of such
 * a tensor crashes the process.
 */
public final class Tensor implements AutoCloseable {
    private final NDArray array;

    Tensor(NDArray array) {
        this.array = array;
    }

    NDArray array() {
        return array;
    }

    /** The dimensions; empty for a scalar. */
    public long[] shape() {
        return array.getShape().getShape();
    }

    /**
     * All elements of a float32 tensor, in row-major order. Waits for the device.
     *
     * @throws IllegalStateException if they exceed the 2 GiB of one transfer
     */
    public float[] toFloats() {
        if (array.size() > Arena.MOST_FLOATS) {
            throw new IllegalStateException(array.getShape() + " has more elements than fit in one transfer");
        }
        return array.toFloatArray();
    }

    /** All elements of a float64 tensor, in row-major order. Waits for the device. */
    public double[] toDoubles() {
        return array.toDoubleArray();
    }

    /** All elements of an int64 tensor, in row-major order. Waits for the device. */
    public long[] toLongs() {
        return array.toLongArray();
    }

    /** The single element of a float32 tensor. Waits for the device. */
    public float item() {
        return array.toFloatArray()[0];
    }

    /** A copy of a byte tensor's memory; numbers in it are little-endian. */
    public ByteBuffer toBytes() {
        return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Frees the memory immediately. */
    @Override
    public void close() {
        array.close();
    }
}
