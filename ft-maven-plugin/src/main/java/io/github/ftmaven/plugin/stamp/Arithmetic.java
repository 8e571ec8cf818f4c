package io.github.ftmaven.plugin.stamp;

import java.util.Set;

/**
 * Environment variables that change the last bits of sums and products, and with them the bytes of an adapter: fewer
 * threads than asked for, other instructions, another precision. A project can set them; a machine does not decide. Other
 * variables of OpenMP and MKL have no such effect, because libtorch itself sets the number of threads.
 */
public final class Arithmetic {
    /** Their names. */
    public static final Set<String> VARIABLES = Set.of(
            "OMP_DYNAMIC",
            "OMP_THREAD_LIMIT",
            "OMP_MAX_ACTIVE_LEVELS",
            "KMP_ALL_THREADS",
            "KMP_DEVICE_THREAD_LIMIT",
            "MKL_CBWR",
            "MKL_ENABLE_INSTRUCTIONS",
            "DNNL_MAX_CPU_ISA",
            "ONEDNN_MAX_CPU_ISA",
            "DNNL_DEFAULT_FPMATH_MODE",
            "ONEDNN_DEFAULT_FPMATH_MODE",
            "ATEN_CPU_CAPABILITY");

    private Arithmetic() {}
}
