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

    /**
     * Floating-point operations in a second of a product with the weights of a layer, the best of several rounds.
     *
     * @param rows of the other factor
     */
    public static double operations(Arena arena, int rows, int in, int out, DType type) {
        try (Arena step = arena.child()) {
            Script script = Conversion.load(step);
            Tensor x = typed(step, script, step.zeros(rows, in), type);
            Tensor w = typed(step, script, step.zeros(out, in), type);
            double best =
                    best(() -> script.call(step, "product_of", x, w).get(0).item());
            return 2.0 * rows * in * out / best;
        }
    }

    /** Bytes that a copy reads and writes in a second, the best of several rounds. */
    public static double bytes(Arena arena) {
        int size = 4096;
        try (Arena step = arena.child()) {
            Script script = Conversion.load(step);
            Tensor x = step.zeros(size, size);
            double best = best(() -> script.call(step, "touch", x).get(0).item());
            return 2.0 * size * size * Float.BYTES / best;
        }
    }

    private static double best(Runnable work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static Tensor typed(Arena step, Script script, Tensor x, DType type) {
        return type == DType.F32 ? x : script.call(step, "half", x).get(0);
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
