package io.github.ftmaven.runtime.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /** Its bytes for {@link #read}: the loss, then the values. */
    public List<byte[]> bytes() {
        List<byte[]> parts = new ArrayList<>();
        parts.add(ByteBuffer.allocate(Double.BYTES).putDouble(loss).array());
        parts.addAll(values);
        return parts;
    }

    /** Reads what {@link #bytes} wrote. */
    public static ComputedGradient read(List<byte[]> parts) {
        return new ComputedGradient(ByteBuffer.wrap(parts.get(0)).getDouble(), parts.subList(1, parts.size()));
    }
}
