package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.decoder.ProductRates;
import io.github.ftmaven.runtime.hardware.Bfloat16;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import java.util.Locale;

/** Warns of bfloat16 on a processor without instructions for it. */
public final class SlowPrecision {
    private SlowPrecision() {}

    /** Warns if computing in a type is slow on the arena's device, and tells how slow. */
    public static void warn(DType type, Arena arena, Events events) {
        if (type == DType.BF16 && !arena.isOnGpu() && !Bfloat16.isOnCpu()) {
            events.warn(text(ProductRates.bfloat16(arena)));
        }
    }

    /** The warning, with how many times as long as in float32 a product takes. */
    static String text(double factor) {
        return String.format(
                Locale.ROOT,
                "This processor has no instructions for bfloat16 (amx_bf16 or avx512_bf16): a product of matrices takes"
                        + " %.1f times as long as in float32, measured just now.",
                factor);
    }
}
