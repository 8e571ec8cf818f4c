package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Nf4;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import java.util.List;
import java.util.Map;

/** The Java side of {@code conversion.py}. */
final class Conversion {
    /** The methods of every class that reads quantized weights with {@link #tables()}. */
    static final String DEQUANTIZATION = "dequantization.py";

    private Conversion() {}

    static Script load(Arena arena) {
        return Script.load(arena, List.of("conversion.py", DEQUANTIZATION), "Conversion", tables());
    }

    /** The tables for reading quantized weights. */
    static Map<String, Object> tables() {
        return Map.of("code", doubles(Nf4.code()), "dynamic", doubles(Nf4.dynamic()), "tables", List.of());
    }

    /** The number of a type in archives (c10::ScalarType). */
    static int code(DType type) {
        return switch (type) {
            case F16 -> 5;
            case F32 -> 6;
            case BF16 -> 15;
            default -> throw new IllegalArgumentException(type + " is not a type of weights");
        };
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
