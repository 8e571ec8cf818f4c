package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.TensorNames;
import io.github.ftmaven.runtime.model.WeightLayout;
import java.util.List;
import java.util.function.ToLongFunction;

/** The bytes of a base's weights. */
public final class WeightBytes {
    private static final int BLOCK = 64; // elements of NF4 that share a scale
    private static final int NESTED_BLOCK = 256; // scales that share a scale

    private final WeightLayout layout;
    private final Held held;

    private WeightBytes(Architecture architecture, Held held) {
        this.layout = WeightLayout.of(architecture);
        this.held = held;
    }

    /** Those of an architecture. */
    public static WeightBytes of(Architecture architecture, Held held) {
        return new WeightBytes(architecture, held);
    }

    /** The embedding and, unless it is tied to it, the head. */
    public long vocabulary() {
        return sum(name -> isOfVocabulary(name) ? elements(name) * held.type().bytes() : 0);
    }

    /** Everything else. */
    public long layers() {
        return sum(name -> {
            if (isOfVocabulary(name)) {
                return 0;
            }
            return layout.isLinear(name)
                    ? linear(name)
                    : elements(name) * held.type().bytes();
        });
    }

    /** The linear layers as numbers, as if they were not quantized. */
    public long dequantized() {
        return linear() * held.type().bytes();
    }

    /** The elements of all linear layers. */
    public long linear() {
        return sum(name -> layout.isLinear(name) ? elements(name) : 0);
    }

    /** The elements of the largest linear layer. */
    public long largestLinear() {
        return layout.names().stream()
                .filter(layout::isLinear)
                .mapToLong(this::elements)
                .max()
                .orElse(0);
    }

    private long sum(ToLongFunction<String> bytes) {
        return layout.names().stream().mapToLong(bytes).sum();
    }

    private static boolean isOfVocabulary(String name) {
        return name.equals(TensorNames.EMBEDDING) || name.equals(TensorNames.HEAD);
    }

    private long elements(String name) {
        return layout.shape(name).stream().reduce(1L, Math::multiplyExact);
    }

    private long linear(String name) {
        List<Long> shape = layout.shape(name);
        Format format = held.format();
        return format == null ? elements(name) * held.type().bytes() : quantized(format, shape.get(0), shape.get(1));
    }

    /** A matrix in a format, with its scales. */
    static long quantized(Format format, long rows, long columns) {
        long elements = Math.multiplyExact(rows, columns);
        long blocks = ceil(elements, BLOCK);
        return switch (format) {
            case INT8 -> aligned(elements) + 4 * rows;
            case NF4 -> aligned(ceil(elements, 2)) + 4 * blocks;
            case NF4_DOUBLE, NF4_DOUBLE_CPU ->
                aligned(ceil(elements, 2) + blocks) + 4 * (ceil(blocks, NESTED_BLOCK) + 1);
        };
    }

    private static long aligned(long bytes) {
        return ceil(bytes, 4) * 4;
    }

    static long ceil(long value, long unit) {
        return (value + unit - 1) / unit;
    }
}
