package io.github.ftmaven.runtime.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Owns tensors: closing it frees them and those of its children. */
public final class Arena implements AutoCloseable {
    /** DJL moves data between Java and native memory through a single byte buffer. */
    static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private final NDManager manager;

    private Arena(NDManager manager) {
        this.manager = manager;
    }

    static Arena on(Device device) {
        return new Arena(NDManager.newBaseManager(device, "PyTorch"));
    }

    NDManager manager() {
        return manager;
    }

    /** An arena on the same device for shorter lifetimes, such as a training step. */
    public Arena child() {
        return new Arena(manager.newSubManager());
    }

    /** An arena in the memory of the host, which this one closes; where that is the device, a child. */
    public Arena host() {
        return new Arena(manager.newSubManager(Device.cpu()));
    }

    /**
     * A float32 tensor with the given elements in row-major order.
     *
     * @throws IllegalArgumentException if they exceed the 2 GiB of one transfer
     */
    public Tensor floats(float[] values, long... shape) {
        if (values.length > MOST_FLOATS) {
            throw new IllegalArgumentException(values.length + " elements exceed one transfer");
        }
        return new Tensor(manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32));
    }

    /** A float32 tensor of zeros. */
    public Tensor zeros(long... shape) {
        return new Tensor(manager.zeros(new Shape(shape), DataType.FLOAT32));
    }

    /** Whether calls return before the device has computed, until a value is read. */
    public boolean isOnGpu() {
        return manager.getDevice().isGpu();
    }

    /** Bytes that the device has left; on a CPU without what only caches files. */
    public long freeMemory() {
        return FreeMemory.of(manager.getDevice());
    }

    /** Gives memory that libtorch keeps for later back to a GPU. */
    public void emptyCache() {
        if (isOnGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    /** A float32 scalar. */
    public Tensor scalar(float value) {
        return new Tensor(manager.create(value));
    }

    /** A float64 tensor of zeros. */
    public Tensor doubles(long... shape) {
        return new Tensor(manager.zeros(new Shape(shape), DataType.FLOAT64));
    }

    /** An int64 tensor with the given elements in row-major order. */
    public Tensor longs(long[] values, long... shape) {
        return new Tensor(manager.create(values, new Shape(shape)));
    }

    /**
     * A tensor of bytes.
     *
     * @param bytes the elements; on a CPU a direct buffer is used in place, so it must outlive the tensor and the
     *     tensor must never be written
     */
    public Tensor bytes(ByteBuffer bytes, long... shape) {
        NDArray array = manager.create(bytes, new Shape(shape), DataType.UINT8);
        return new Tensor(array);
    }

    @Override
    public void close() {
        manager.close();
    }
}
