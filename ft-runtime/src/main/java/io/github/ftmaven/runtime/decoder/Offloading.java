package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of weights, and whether they fit into a device.
 *
 * @param all bytes of all weights
 * @param largestLayer bytes of the largest layer
 */
public record Offloading(long all, long largestLayer) {
    /** The rest is for the adapter, its optimizer and the activations. */
    private static final double SHARE_OF_FREE_MEMORY = 0.8;

    /**
     * The sizes that weights have in memory.
     *
     * @param format of linear layers that the file does not quantize; null for none
     * @param type of all other weights
     */
    public static Offloading of(Architecture architecture, Weights weights, @Nullable Format format, DType type) {
        WeightLayout layout = WeightLayout.of(architecture);
        List<String> names = layout.names();
        long all = 0;
        Map<Integer, Long> layers = new HashMap<>();
        for (String name : names) {
            long size = size(layout, weights, name, format, type);
            all += size;
            layout.layer(name).ifPresent(layer -> layers.merge(layer, size, Long::sum));
        }
        return new Offloading(
                all, layers.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static long size(WeightLayout layout, Weights weights, String name, @Nullable Format format, DType type) {
        List<Long> shape = layout.shape(name);
        long plain = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        if (!layout.isLinear(name)) {
            return plain;
        }
        return weights.quantized(name)
                .map(stored -> stored.size())
                .orElse(format == null ? plain : format.bytes(shape.get(0), shape.get(1)));
    }

    /**
     * Whether a device holds the weights only if most layers stay in host memory.
     *
     * @param weights bytes of all of them
     * @param largestLayer bytes; two layers are on the device at a time
     * @param free bytes that the device has left
     */
    public static boolean isNeeded(long weights, long largestLayer, long free) {
        return weights > SHARE_OF_FREE_MEMORY * free && 2 * largestLayer < weights;
    }

    /**
     * Whether layers are better left where they are read from: on a GPU if they do not fit, on a CPU if the file has them in
     * the type that they are computed in.
     */
    public static boolean helps(
            boolean gpu, Architecture architecture, Weights weights, @Nullable Format format, DType type, long free) {
        if (!gpu && !(format == null && isStoredAs(architecture, weights, type))) {
            return false;
        }
        Offloading sizes = of(architecture, weights, format, type);
        return isNeeded(sizes.all(), sizes.largestLayer(), free);
    }

    private static boolean isStoredAs(Architecture architecture, Weights weights, DType type) {
        WeightLayout layout = WeightLayout.of(architecture);
        return type == DType.BF16
                && layout.names().stream()
                        .filter(layout::isLinear)
                        .allMatch(name -> weights.quantized(name).isEmpty()
                                && weights.tensor(name).dtype() == type);
    }
}
