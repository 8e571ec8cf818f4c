package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A base model's weights in native memory.
 *
 * @param tensors in the order of {@link WeightLayout}: of the given type, or bytes if quantized
 * @param quantized the indexes of quantized tensors, with their formats
 * @param type what a decoder computes in: F32 or BF16
 * @param offloaded whether the tensors of layers stand in host memory, from which a decoder brings each to the device for its
 *     turn
 */
public record BaseTensors(List<Tensor> tensors, Map<Integer, HeldAs> quantized, DType type, boolean offloaded) {
    private static final Set<DType> TYPES = Set.of(DType.F32, DType.BF16);

    /** Copies the collections. */
    public BaseTensors {
        tensors = List.copyOf(tensors);
        quantized = Map.copyOf(quantized);
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("a decoder does not compute in " + type);
        }
    }

    /** Weights on the device. */
    public BaseTensors(List<Tensor> tensors, Map<Integer, HeldAs> quantized, DType type) {
        this(tensors, quantized, type, false);
    }

    /**
     * The format of a quantized tensor.
     *
     * @param type the type that dequantized values are rounded to
     */
    public record HeldAs(Format format, DType type) {
        /** NF4 values are rounded to their original type; int8 values are not. */
        static HeldAs of(Format format, DType before) {
            return new HeldAs(format, format == Format.INT8 ? DType.F32 : before);
        }
    }

    /**
     * Reads weights; those that are not already quantized become 32-bit floats.
     *
     * @throws InvalidInputException if one of them is not finite
     */
    public static BaseTensors read(Arena arena, Architecture architecture, Weights weights) {
        return read(arena, architecture, weights, null, DType.F32);
    }

    /**
     * Reads weights and quantizes the linear layers while reading, so at most one of them is in memory as floats.
     *
     * @param format null for weights that are not quantized
     * @param type of all other weights, which are rounded to it: F32 or BF16
     * @throws InvalidInputException if one of them is not finite, or is already quantized in another format
     */
    public static BaseTensors read(
            Arena arena, Architecture architecture, Weights weights, @Nullable Format format, DType type) {
        return new BaseReader(arena, architecture, weights, format, type, false).read();
    }

    static Tensor zeros(Arena results, Script script, long[] shape, DType type) {
        if (type == DType.F32) {
            return results.zeros(shape);
        }
        try (Arena step = results.child()) {
            return script.differentiate(results, "half_zeros", step.longs(shape, shape.length))
                    .get(0);
        }
    }

    /** Whether some weights are quantized. */
    public boolean isQuantized() {
        return !quantized.isEmpty();
    }

    /**
     * Draws weights like transformers for a new model: norms act as 1, biases are 0, everything else is from N(0,
     * initializer_range). The generator is {@link Random}, whose specification fixes the sequence.
     *
     * @param format null for weights that are not quantized
     * @param type of all other weights, which are rounded to it: F32 or BF16
     */
    public static BaseTensors initialize(
            Arena arena, Architecture architecture, long seed, @Nullable Format format, DType type) {
        Script script = Conversion.load(arena);
        TensorParts parts = new TensorParts(arena);
        Map<Integer, HeldAs> quantized = new LinkedHashMap<>();
        Random random = new Random(Seeds.forRandom(seed));
        double range = architecture.parameters().initializerRange();
        WeightLayout layout = WeightLayout.of(architecture);
        List<Tensor> tensors = new ArrayList<>();
        for (String name : layout.names()) {
            long[] shape =
                    layout.shape(name).stream().mapToLong(Long::longValue).toArray();
            float plain = name.endsWith(".bias")
                    ? 0
                    : (float) (1 - architecture.norm().offset());
            DoubleSupplier value = shape.length == 1 ? () -> plain : () -> random.nextGaussian() * range;
            if (format != null && layout.isLinear(name)) {
                quantized.put(tensors.size(), HeldAs.of(format, DType.F32));
                try (Quantizer quantizer = new Quantizer(arena, script, format, shape[0], shape[1])) {
                    parts.each(shape[0] * shape[1], quantizer.multiple(), value, quantizer);
                    tensors.add(quantizer.finish());
                }
            } else {
                Tensor values = zeros(arena, script, shape, type);
                parts.fill(values, value);
                tensors.add(values);
            }
        }
        return new BaseTensors(tensors, quantized, type);
    }

    /** Whether an adapter can be merged into these weights without a difference from what was trained. */
    public boolean isMergeable() {
        return quantized.isEmpty() && type == DType.F32;
    }

    /** Writes weights as {@code model.safetensors}, each value rounded to the nearest of the given type. */
    public static void write(Arena arena, Architecture architecture, BaseTensors base, DType type, Path file)
            throws IOException {
        if (base.isQuantized()) {
            throw new IllegalArgumentException("quantized weights cannot be written as " + type);
        }
        TensorParts parts = new TensorParts(arena);
        WeightLayout layout = WeightLayout.of(architecture);
        Map<String, SafetensorsWriter.Tensor> named = new LinkedHashMap<>();
        List<String> names = layout.names();
        for (int i = 0; i < names.size(); i++) {
            named.put(
                    names.get(i),
                    new SafetensorsWriter.Tensor(
                            type,
                            layout.shape(names.get(i)),
                            parts.content(base.tensors().get(i), type)));
        }
        SafetensorsWriter.write(file, named);
    }

    /** The size in bytes of one element of each tensor, as native memory holds it. */
    List<Integer> widths(Arena arena) {
        try (Arena step = arena.child()) {
            Script script = Conversion.load(step);
            return tensors.stream()
                    .map(tensor -> Math.toIntExact(script.set("width", tensor)))
                    .toList();
        }
    }

    /**
     * How many other tokens' rows of a head have almost the same direction as the given token's (cosine above 0.99).
     */
    public static int lookAlikes(Arena arena, Tensor head, int token) {
        try (Arena step = arena.child()) {
            Script script = Conversion.load(step);
            return Math.round(
                    script.call(step, "look_alikes", head, token).get(0).item());
        }
    }
}
