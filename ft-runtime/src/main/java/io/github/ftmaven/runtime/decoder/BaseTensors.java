package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.TensorInfo;
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

/** A base model's weights in native memory, as float32, in the order of {@link WeightLayout}. */
public final class BaseTensors {
    private BaseTensors() {}

    /**
     * Reads weights.
     *
     * @throws InvalidInputException if one of them is not finite
     */
    public static List<Tensor> read(Arena arena, Architecture architecture, Weights weights) {
        Script script = Script.load(arena, "conversion.py", "Conversion", Map.of());
        List<Tensor> tensors = new ArrayList<>();
        for (String name : WeightLayout.of(architecture).names()) {
            TensorInfo info = weights.tensor(name);
            try (Arena step = arena.child()) {
                long[] shape = info.dimensions();
                shape[shape.length - 1] *= info.dtype().bytes();
                Tensor raw = step.bytes(weights.bytes(name), shape);
                Tensor values = script.call(arena, "decode", raw, step.scalar((long) code(info.dtype())))
                        .get(0);
                if (script.call(step, "finite", values).get(0).item() == 0) {
                    throw new InvalidInputException(weights.file(name) + ": the tensor " + name
                            + " holds values that are not finite (NaN or infinity). The file is damaged, or the model"
                            + " diverged before it was saved.");
                }
                tensors.add(values);
            }
        }
        return tensors;
    }

    /**
     * Draws weights as transformers does for a new model: norms act as 1, biases are 0, all else is from N(0, initializer_range). The generator
     * is {@link Random}, whose sequence its specification fixes.
     */
    public static List<Tensor> initialize(Arena arena, Architecture architecture, long seed) {
        Random random = new Random(seed);
        WeightLayout layout = WeightLayout.of(architecture);
        List<Tensor> tensors = new ArrayList<>();
        for (String name : layout.names()) {
            long[] shape =
                    layout.shape(name).stream().mapToLong(Long::longValue).toArray();
            long size = 1;
            for (long dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            float plain = name.endsWith(".bias")
                    ? 0
                    : (float) (1 - architecture.norm().offset());
            float[] values = new float[Math.toIntExact(size)];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        shape.length == 1 ? plain : (float) (random.nextGaussian() * architecture.initializerRange());
            }
            tensors.add(arena.floats(values, shape));
        }
        return tensors;
    }

    /** Writes weights as {@code model.safetensors}, each value rounded to the nearest of the given type. */
    public static void write(Arena arena, Architecture architecture, List<Tensor> tensors, DType type, Path file)
            throws IOException {
        Script script = Script.load(arena, "conversion.py", "Conversion", Map.of());
        WeightLayout layout = WeightLayout.of(architecture);
        Map<String, SafetensorsWriter.Tensor> named = new LinkedHashMap<>();
        List<String> names = layout.names();
        for (int i = 0; i < names.size(); i++) {
            Tensor tensor = tensors.get(i);
            named.put(names.get(i), new SafetensorsWriter.Tensor(type, layout.shape(names.get(i)), () -> {
                try (Arena step = arena.child()) {
                    return script.call(step, "encode", tensor, step.scalar((long) code(type)))
                            .get(0)
                            .toBytes();
                }
            }));
        }
        SafetensorsWriter.write(file, named);
    }

    /** How many other tokens' rows of a head point almost where the given token's does (cosine above 0.99). */
    public static int lookAlikes(Arena arena, Tensor head, int token) {
        try (Arena step = arena.child()) {
            Script script = Script.load(step, "conversion.py", "Conversion", Map.of());
            return Math.round(script.call(step, "look_alikes", head, step.scalar((long) token))
                    .get(0)
                    .item());
        }
    }

    /** The number that stands for a type in archives (c10::ScalarType). */
    private static int code(DType type) {
        return switch (type) {
            case F16 -> 5;
            case F32 -> 6;
            case BF16 -> 15;
            default -> throw new IllegalArgumentException(type + " is not a type of weights");
        };
    }
}
