package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import org.jspecify.annotations.Nullable;

/**
 * How a base is held, and where.
 *
 * @param type what is computed in, and what all weights that are not quantized are held in: F32 or BF16
 * @param format of the linear layers; null if they are not quantized
 * @param isOnGpu whether it is on a GPU, otherwise in the machine's memory
 */
public record Held(DType type, @Nullable Format format, boolean isOnGpu) {
    /** Whether the linear layers are quantized. */
    public boolean isQuantized() {
        return format != null;
    }
}
