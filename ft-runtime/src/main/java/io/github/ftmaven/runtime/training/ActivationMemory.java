package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;

/** Decides whether the backward pass recomputes layers; the gradients are bit-identical either way. */
public final class ActivationMemory {
    private static final double SHARE_OF_FREE_MEMORY = 0.5;

    private ActivationMemory() {}

    /**
     * Whether to recompute layers.
     *
     * @param tokens of the largest micro-batch
     * @param longest tokens of the longest example
     * @param type of the activations
     * @param free bytes that the device has left
     */
    public static boolean recompute(
            GradientCheckpointing setting,
            Architecture architecture,
            long tokens,
            long longest,
            DType type,
            long free) {
        return switch (setting) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> bytes(architecture, tokens, longest, type) > SHARE_OF_FREE_MEMORY * free;
        };
    }

    /**
     * Estimates the activations that the backward pass needs: per token and layer about 12 tensors of the hidden size
     * and 5 of the MLP's size, and two rows of attention scores per head.
     */
    static double bytes(Architecture architecture, long tokens, long longest, DType type) {
        double width = 12.0 * architecture.dimensions().hiddenSize()
                + 5.0 * architecture.dimensions().intermediateSize()
                + 2.0 * architecture.attention().heads() * longest;
        return type.bytes() * width * tokens * architecture.dimensions().layers();
    }
}
