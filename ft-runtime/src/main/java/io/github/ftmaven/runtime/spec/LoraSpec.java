package io.github.ftmaven.runtime.spec;

/** The low-rank matrices (Hu et al., 2021). */
public record LoraSpec(
        @Doc("The rank of the low-rank matrices.") @Bounds(min = 1)
        int rank,

        @Doc("LoRA alpha: the adapter's output is multiplied by alpha / rank (see scaling).") @Bounds(above = 0)
        double alpha,

        @Doc("How alpha scales the adapter's output: standard by alpha / rank, rank-stabilized by alpha / sqrt(rank).")
        Scaling scaling,

        @Doc("The probability of dropping an input of the adapter during training.") @Bounds(min = 0, below = 1)
        double dropout) {}
