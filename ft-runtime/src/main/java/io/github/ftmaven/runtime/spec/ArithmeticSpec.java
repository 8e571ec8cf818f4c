package io.github.ftmaven.runtime.spec;

/** How numbers are computed. */
public record ArithmeticSpec(
        @Doc(
                "What frozen weights are held in and layers are computed in; the trained matrices, the optimizer and the loss"
                        + " are always in 32-bit floats. auto is bfloat16 on a GPU that has it, else float32; always float32"
                        + " for method: full.")
        Precision precision,

        @Doc(
                "Whether training on a GPU uses only kernels that give the same bytes again, which are slower. A CPU always"
                        + " does.")
        boolean deterministic) {}
