package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.OptimizerStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A replica after its round.
 *
 * @param steps that it took
 * @param values little-endian float32, in parts: those of one trained tensor after the other, in the decoder's order
 */
public record TrainedReplica(List<OptimizerStep> steps, List<byte[]> values) {
    /** Copies the lists. */
    public TrainedReplica {
        steps = List.copyOf(steps);
        values = List.copyOf(values);
    }

    /** Its bytes for {@link #read}: loss and norm of each step, then the values. */
    public List<byte[]> bytes() {
        ByteBuffer head = ByteBuffer.allocate(steps.size() * 2 * Double.BYTES);
        steps.forEach(step -> head.putDouble(step.loss()).putDouble(step.norm()));
        List<byte[]> parts = new ArrayList<>();
        parts.add(head.array());
        parts.addAll(values);
        return parts;
    }

    /** Reads what {@link #bytes} wrote. */
    public static TrainedReplica read(List<byte[]> parts) {
        ByteBuffer head = ByteBuffer.wrap(parts.get(0));
        List<OptimizerStep> steps = new ArrayList<>();
        while (head.hasRemaining()) {
            steps.add(new OptimizerStep(head.getDouble(), head.getDouble()));
        }
        return new TrainedReplica(steps, parts.subList(1, parts.size()));
    }
}
