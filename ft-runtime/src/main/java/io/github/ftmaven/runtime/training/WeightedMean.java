package io.github.ftmaven.runtime.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of float32 values, each list of them with a weight. Products and sums are float64 in the order in which the lists
 * come; each sum is divided by the sum of the weights and rounded once. The mean of one list is that list.
 */
final class WeightedMean {
    private final List<double[]> sums = new ArrayList<>();
    private long weights;

    /**
     * Adds a list.
     *
     * @param values little-endian, in parts of the same sizes each time
     * @param weight above 0
     */
    void add(List<byte[]> values, long weight) {
        if (sums.isEmpty()) {
            values.forEach(part -> sums.add(new double[part.length / Float.BYTES]));
        }
        if (values.size() != sums.size()) {
            throw new IllegalArgumentException("values in " + values.size() + " parts, not " + sums.size());
        }
        for (int part = 0; part < sums.size(); part++) {
            double[] sum = sums.get(part);
            FloatBuffer own = floats(ByteBuffer.wrap(values.get(part)));
            if (own.remaining() != sum.length) {
                throw new IllegalArgumentException("a part of " + own.remaining() + " values, not " + sum.length);
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) weight * own.get(i);
            }
        }
        weights += weight;
    }

    /** The mean, in the same form. */
    List<byte[]> values() {
        List<byte[]> means = new ArrayList<>();
        for (double[] sum : sums) {
            byte[] mean = new byte[sum.length * Float.BYTES];
            FloatBuffer own = floats(ByteBuffer.wrap(mean));
            for (double each : sum) {
                own.put((float) (each / weights));
            }
            means.add(mean);
        }
        return means;
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
