package io.github.ftmaven.runtime.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The steps that a replica takes between two averages, in their order. */
public record ReplicaRound(List<LocalStep> steps) {
    /** Copies the list. */
    public ReplicaRound {
        steps = List.copyOf(steps);
    }

    /**
     * An optimizer step of one replica.
     *
     * @param rate the learning rate
     * @param microBatches all of its batch
     */
    public record LocalStep(double rate, List<MicroBatch> microBatches) {
        /** Copies the list. */
        public LocalStep {
            microBatches = List.copyOf(microBatches);
        }

        /** The number of tokens that the step learns. */
        long supervised() {
            return microBatches.stream()
                    .flatMap(each -> each.sequences().stream())
                    .mapToLong(each -> each.supervisedCount())
                    .sum();
        }
    }

    /** Its bytes for {@link #read}: for each step the rate and its micro-batches, each after its size. */
    public byte[] bytes() {
        List<List<byte[]>> written = steps.stream()
                .map(step -> step.microBatches().stream().map(MicroBatch::bytes).toList())
                .toList();
        int size = Integer.BYTES;
        for (List<byte[]> step : written) {
            size = Math.addExact(size, Double.BYTES + Integer.BYTES);
            for (byte[] microBatch : step) {
                size = Math.addExact(size, Integer.BYTES + microBatch.length);
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).putInt(steps.size());
        for (int i = 0; i < written.size(); i++) {
            bytes.putDouble(steps.get(i).rate()).putInt(written.get(i).size());
            for (byte[] microBatch : written.get(i)) {
                bytes.putInt(microBatch.length).put(microBatch);
            }
        }
        return bytes.array();
    }

    /** Reads what {@link #bytes} wrote. */
    public static ReplicaRound read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        List<LocalStep> steps = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            double rate = bytes.getDouble();
            List<MicroBatch> microBatches = new ArrayList<>();
            for (int more = bytes.getInt(); more > 0; more--) {
                byte[] microBatch = new byte[bytes.getInt()];
                bytes.get(microBatch);
                microBatches.add(MicroBatch.read(microBatch));
            }
            steps.add(new LocalStep(rate, microBatches));
        }
        return new ReplicaRound(steps);
    }
}
