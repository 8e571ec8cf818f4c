package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.decoder.BaseReader;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Offloading;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.torch.Arena;
import org.jspecify.annotations.Nullable;

/** A base's weights in native memory, in the format that a spec declares. */
public final class DeclaredBase {
    private DeclaredBase() {}

    /**
     * Reads the weights, or draws random ones.
     *
     * @param type what is computed in: F32 or BF16
     * @param offload where frozen layers are
     * @throws InvalidInputException if they are not finite, or if the spec trains every weight and they are quantized
     */
    public static BaseTensors load(Arena arena, ModelDirectory base, FineTuneSpec spec, DType type, Offload offload) {
        boolean full = spec.adapter().method() == Method.FULL;
        if (full) {
            base.checkAllTrainable();
        }
        @Nullable
        Format format = switch (spec.base().quantization()) {
            case NONE -> null;
            case NF4 -> spec.base().doubleQuantization() ? Format.NF4_DOUBLE : Format.NF4;
            case INT8 -> Format.INT8;
        };
        if (spec.base().initialize() == Initialization.RANDOM) {
            return BaseTensors.initialize(
                    arena, base.architecture(), spec.training().seed(), format, type);
        }
        Weights stored = base.weights();
        GradientCheckpointing recompute = spec.training().memory().gradientCheckpointing();
        boolean away = !full && isAway(offload, recompute, arena, base.architecture(), stored, format, type);
        BaseTensors weights = new BaseReader(arena, base.architecture(), stored, format, type, away).read();
        if (weights.isQuantized() && full) {
            throw new InvalidInputException("adapter.method: full trains every weight, but those of " + base.display()
                    + " are quantized. Use lora or dora, or the original weights.");
        }
        return weights;
    }

    private static boolean isAway(
            Offload offload,
            GradientCheckpointing recompute,
            Arena arena,
            Architecture architecture,
            Weights weights,
            @Nullable Format format,
            DType type) {
        return switch (offload) {
            case NONE -> false;
            case LAYERS -> true;
            case AUTO ->
                recompute != GradientCheckpointing.OFF
                        && Offloading.helps(arena.isOnGpu(), architecture, weights, format, type, arena.freeMemory());
        };
    }
}
