package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.memory.EvaluationMemory;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Quantized weights as the numbers they stand for. An answer needs all weights for each of its tokens, and dequantizing
 * them costs more than computing with them. The answers are the same to the bit.
 */
public final class DequantizedBase {
    private DequantizedBase() {}

    /**
     * The weights dequantized, if the device has room for them; otherwise, or if they are not quantized, or their layers stay
     * in host memory, the weights themselves. The quantized tensors are closed one by one.
     *
     * @param free bytes that the device has left
     */
    public static BaseTensors of(Arena arena, Architecture architecture, BaseTensors base, long free) {
        if (!base.isQuantized() || base.offloaded() || !EvaluationMemory.dequantizes(bytes(architecture, base), free)) {
            return base;
        }
        Script script = Conversion.load(arena);
        WeightLayout layout = WeightLayout.of(architecture);
        List<String> names = layout.names();
        List<Tensor> tensors = new ArrayList<>(base.tensors());
        base.quantized().forEach((index, held) -> {
            List<Long> shape = layout.shape(names.get(index));
            Tensor raw = base.tensors().get(index);
            tensors.set(index, dequantized(arena, script, raw, held, shape, base.type()));
            raw.close();
        });
        return new BaseTensors(tensors, Map.of(), base.type());
    }

    /** One tensor as numbers of a type. */
    static Tensor dequantized(
            Arena arena, Script script, Tensor raw, BaseTensors.HeldAs held, List<Long> shape, DType type) {
        try (Arena step = arena.child()) {
            Tensor whole = script.call(
                            step,
                            "dequantize",
                            raw,
                            held.format().code(),
                            shape.get(0),
                            shape.get(1),
                            Conversion.code(held.type()))
                    .get(0);
            return script.differentiate(arena, type == DType.F32 ? "copy" : "half", whole)
                    .get(0);
        }
    }

    /** The size that the quantized tensors have as numbers. */
    static long bytes(Architecture architecture, BaseTensors base) {
        WeightLayout layout = WeightLayout.of(architecture);
        List<String> names = layout.names();
        return base.quantized().keySet().stream()
                .mapToLong(index -> {
                    List<Long> shape = layout.shape(names.get(index));
                    return base.type().bytes() * shape.get(0) * shape.get(1);
                })
                .sum();
    }
}
