package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Bfloat16;
import io.github.ftmaven.runtime.hardware.Gpu;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Precision;
import java.util.Optional;
import java.util.function.Supplier;

/** The precision that a spec means on a device. */
public final class UsedPrecision {
    private UsedPrecision() {}

    /**
     * What a training computes in: F32 or BF16.
     *
     * @param device {@code cpu} or {@code cuda}
     * @throws InvalidInputException if the spec names a precision that the device lacks
     */
    public static DType of(FineTuneSpec spec, String device) {
        return of(spec, device, Bfloat16::gpuWithout);
    }

    /** The same with the first GPU that lacks bfloat16. */
    static DType of(FineTuneSpec spec, String device, Supplier<Optional<Gpu>> without) {
        Precision declared = spec.training().arithmetic().precision();
        boolean cuda = device.equals("cuda");
        if (declared == Precision.AUTO) {
            boolean full = spec.adapter().method() == Method.FULL;
            return cuda && !full && without.get().isEmpty() ? DType.BF16 : DType.F32;
        }
        DType type = declared == Precision.BFLOAT16 ? DType.BF16 : DType.F32;
        require(type, device, "training.precision: bfloat16", "Write auto or float32", without);
        return type;
    }

    /**
     * Checks that a device has a precision. A CPU has each, some of them slowly.
     *
     * @param what needs it
     * @throws InvalidInputException if not
     */
    public static void require(DType type, String device, String what) {
        require(type, device, what, "Use another GPU", Bfloat16::gpuWithout);
    }

    private static void require(
            DType type, String device, String what, String advice, Supplier<Optional<Gpu>> without) {
        if (type == DType.BF16 && device.equals("cuda")) {
            without.get().ifPresent(gpu -> {
                throw new InvalidInputException(what + ": needs a GPU of compute capability 8.0 or later, but "
                        + gpu.name() + " has " + gpu.shownCapability() + ". " + advice + ", or set -Dft.device=cpu.");
            });
        }
    }

    /** The word of a spec for it. */
    public static String word(DType type) {
        return type == DType.BF16 ? "bfloat16" : "float32";
    }
}
