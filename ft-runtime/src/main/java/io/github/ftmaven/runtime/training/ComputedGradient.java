package io.github.ftmaven.runtime.training;

import java.util.List;

/**
 * What a micro-batch adds to a step.
 *
 * @param loss the sum of the cross-entropies of its supervised tokens, in nats
 * @param values little-endian float32, in parts: those of one trained tensor after the other, in the decoder's order
 */
public record ComputedGradient(double loss, List<byte[]> values) {
    /** Copies the list. */
    public ComputedGradient {
        values = List.copyOf(values);
    }
}
