package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.TensorContent;
import io.github.ftmaven.runtime.model.TensorInfo;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Copies the values of float32 tensors into and out of native memory in parts, because an embedding may exceed the 2
 * GiB limit of an array or a buffer.
 */
public final class TensorParts {
    /** 8 MiB of float32: what a part needs for a moment should be little beside the weights. */
    private static final int ELEMENTS = 1 << 21;

    private final Arena arena;
    private final Script script;
    private final int elements;
    private final ByteBuffer buffer;

    /** Copies between Java and the arena's device. */
    public TensorParts(Arena arena) {
        this(arena, ELEMENTS);
    }

    /** The same with parts of at most this many elements. */
    TensorParts(Arena arena, int elements) {
        this.arena = arena;
        this.script = Conversion.load(arena);
        this.elements = elements;
        this.buffer = ByteBuffer.allocateDirect(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a tensor at the time of the call, with each value rounded to the nearest of the given type. */
    public TensorContent content(Tensor tensor, DType type) {
        return sink -> read(tensor, type, sink);
    }

    private void read(Tensor tensor, DType type, TensorContent.Sink sink) throws IOException {
        long size = size(tensor);
        for (long start = 0; start < size; start += elements) {
            try (Arena step = arena.child()) {
                sink.write(script.call(
                                step, "encode", tensor, Conversion.code(type), start, Math.min(elements, size - start))
                        .get(0)
                        .toBytes());
            }
        }
    }

    /** A copy of a tensor's values in Java's memory. */
    public List<ByteBuffer> copy(Tensor tensor) {
        List<ByteBuffer> parts = new ArrayList<>();
        try {
            read(tensor, DType.F32, parts::add);
        } catch (IOException e) {
            throw new IllegalStateException("nothing was written", e);
        }
        return parts;
    }

    /** The same for a float32 tensor in a file. */
    public List<ByteBuffer> copy(Weights weights, String name) {
        long size = weights.tensor(name).size();
        int most = elements * Float.BYTES;
        List<ByteBuffer> parts = new ArrayList<>();
        for (long offset = 0; offset < size; offset += most) {
            ByteBuffer part =
                    ByteBuffer.allocate((int) Math.min(most, size - offset)).order(ByteOrder.LITTLE_ENDIAN);
            weights.read(name, offset, part);
            parts.add(part.flip());
        }
        return parts;
    }

    /** Replaces a tensor's values with those of a copy. */
    public void fill(Tensor tensor, List<ByteBuffer> copy) {
        long start = 0;
        for (ByteBuffer part : copy) {
            fill(tensor, start, part.duplicate(), DType.F32);
            start += part.remaining() / Float.BYTES;
        }
    }

    /**
     * Replaces some of a tensor's values.
     *
     * @param start the index of the first one in row-major order
     * @param values little-endian float32
     */
    public void fill(Tensor tensor, long start, byte[] values) {
        for (int done = 0; done < values.length; ) {
            // The engine reads only memory outside of Java's heap in place.
            int bytes = Math.min(buffer.capacity(), values.length - done);
            buffer.clear().put(values, done, bytes).flip();
            fill(tensor, start + done / Float.BYTES, buffer, DType.F32);
            done += bytes;
        }
    }

    /**
     * Replaces a tensor's values with those of a tensor of the same size in a file.
     *
     * @return whether all of them are finite
     */
    public boolean fill(Tensor tensor, Weights weights, String name) {
        TensorInfo info = weights.tensor(name);
        if (info.elements() != size(tensor)) {
            throw new IllegalArgumentException(name + " has " + info.elements() + " elements, not " + size(tensor));
        }
        return each(weights, name, 1, (start, bytes, type) -> fill(tensor, start, bytes, type));
    }

    /** Takes part of a tensor's bytes. */
    @FunctionalInterface
    interface Part {
        /**
         * Takes the next bytes.
         *
         * @param start the index of the first element in row-major order
         * @param bytes little-endian, between position and limit; overwritten after the call
         * @return whether all elements are finite
         */
        boolean take(long start, ByteBuffer bytes, DType type);
    }

    /**
     * Reads a tensor in a file part by part.
     *
     * @param multiple each part but the last has a multiple of this number of elements
     * @return whether all of them are finite
     */
    boolean each(Weights weights, String name, long multiple, Part part) {
        TensorInfo info = weights.tensor(name);
        int width = info.dtype().bytes();
        long most = whole(multiple);
        boolean finite = true;
        for (long start = 0; start < info.elements(); start += most) {
            buffer.clear().limit(Math.toIntExact(Math.min(most, info.elements() - start) * width));
            weights.read(name, start * width, buffer);
            finite &= part.take(start, buffer.flip(), info.dtype());
        }
        return finite;
    }

    private long whole(long multiple) {
        if (multiple > elements) {
            throw new IllegalArgumentException(multiple + " elements exceed a part of " + elements);
        }
        return elements / multiple * multiple;
    }

    /** Replaces a tensor's values with new ones, in row-major order. */
    void fill(Tensor tensor, DoubleSupplier values) {
        each(size(tensor), 1, values, (start, bytes, type) -> fill(tensor, start, bytes, type));
    }

    /** Passes new values part by part, as float32. */
    void each(long size, long multiple, DoubleSupplier values, Part part) {
        long most = whole(multiple);
        for (long start = 0; start < size; start += most) {
            buffer.clear();
            for (long i = start; i < Math.min(size, start + most); i++) {
                buffer.putFloat((float) values.getAsDouble());
            }
            part.take(start, buffer.flip(), DType.F32);
        }
    }

    /**
     * Replaces some of a tensor's values.
     *
     * @param start the index of the first one in row-major order
     * @param bytes little-endian, between position and limit
     * @return whether all new values are finite
     */
    boolean fill(Tensor tensor, long start, ByteBuffer bytes, DType type) {
        try (Arena step = arena.child()) {
            return script.call(step, "fill", tensor, step.bytes(bytes, bytes.remaining()), Conversion.code(type), start)
                            .get(0)
                            .item()
                    != 0;
        }
    }

    private static long size(Tensor tensor) {
        return Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    }
}
