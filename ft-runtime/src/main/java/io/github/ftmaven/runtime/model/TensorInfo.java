package io.github.ftmaven.runtime.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One tensor in a safetensors header.
 *
 * @param shape dimensions, outermost first; empty for a scalar
 * @param offset the first byte, counted from the start of the file
 * @param size bytes, always the product of {@code shape} times the element size
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long offset, long size) {
    /** Copies {@code shape}. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The shape as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** The number of elements. */
    public long elements() {
        return size / dtype.bytes();
    }

    /** The shape as text, as in {@code [32, 64]}. */
    static String format(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
