package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;

/** Measures how fast this machine multiplies matrices, as far as precisions differ. */
public final class ProductRates {
    private static final int ROUNDS = 5;

    private ProductRates() {}

    /** How many times as long as in float32 a product of matrices takes in bfloat16. */
    public static double bfloat16(Arena arena) {
        return bfloat16(arena, 512);
    }

    /** The same of square matrices of a size; the best of several rounds, in alternation. */
    static double bfloat16(Arena arena, int size) {
        double half = Double.MAX_VALUE;
        double single = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            single = Math.min(single, seconds(arena, size, DType.F32));
            half = Math.min(half, seconds(arena, size, DType.BF16));
        }
        return half / single;
    }

    private static double seconds(Arena arena, int size, DType type) {
        try (Arena step = arena.child()) {
            Script script = Conversion.load(step);
            Tensor zeros = step.zeros(size, size);
            Tensor x =
                    type == DType.F32 ? zeros : script.call(step, "half", zeros).get(0);
            long start = System.nanoTime();
            script.call(step, "product", x).get(0).item();
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
