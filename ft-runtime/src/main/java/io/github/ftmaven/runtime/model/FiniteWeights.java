package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.FloatBuffer;

/** Whether the numbers of a model are numbers. */
public final class FiniteWeights {
    private static final int SLICE = 1 << 22;

    private FiniteWeights() {}

    /**
     * Reads all tensors, part by part.
     *
     * @throws InvalidInputException if one holds NaN or infinity
     */
    public static void check(Weights weights) {
        for (TensorInfo tensor : weights.tensors().values()) {
            for (long offset = 0; offset < tensor.size(); offset += SLICE) {
                int length = (int) Math.min(SLICE, tensor.size() - offset);
                if (!isFinite(Floats.decode(weights.bytes(tensor.name(), offset, length), tensor.dtype()))) {
                    throw new InvalidInputException(weights.file(tensor.name()) + ": the tensor " + tensor.name()
                            + " holds values that are not finite (NaN or infinity).");
                }
            }
        }
    }

    private static boolean isFinite(FloatBuffer values) {
        for (int i = values.position(); i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                return false;
            }
        }
        return true;
    }
}
