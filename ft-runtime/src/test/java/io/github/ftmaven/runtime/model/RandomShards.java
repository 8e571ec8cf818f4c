package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Writes the weights of a {@code config.json} as BF16 shards of up to 5 GB, as models of real size are published. Norms are
 * 1, all other values are from N(0, 0.02) and depend only on the tensor's place. It holds a few MiB at any time.
 */
public final class RandomShards {
    private static final long LARGEST = 5_000_000_000L;
    private static final int VALUES_AT_ONCE = 1 << 20;
    private static final double DEVIATION = 0.02;

    private RandomShards() {}

    /** Argument: the directory with {@code config.json}. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    /** Writes the shards, their index, and an empty tokenizer, without which a directory is no model. */
    public static void write(Path directory) throws IOException {
        WeightLayout layout = WeightLayout.of(ArchitectureReader.read(directory.resolve("config.json"), "config.json"));
        List<Map<String, SafetensorsWriter.Tensor>> shards = new ArrayList<>();
        long size = LARGEST;
        short[] values = values();
        for (String name : layout.names()) {
            List<Long> shape = layout.shape(name);
            long elements = shape.stream().reduce(1L, Math::multiplyExact);
            if (size + 2 * elements > LARGEST) {
                shards.add(new LinkedHashMap<>());
                size = 0;
            }
            size += 2 * elements;
            long seed = layout.names().indexOf(name);
            shards.get(shards.size() - 1)
                    .put(
                            name,
                            new SafetensorsWriter.Tensor(
                                    DType.BF16, shape, sink -> write(sink, elements, seed, shape.size() == 1, values)));
        }
        ObjectNode index = Json.lenient().createObjectNode();
        ObjectNode files = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String file = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(directory.resolve(file), shards.get(i));
            shards.get(i).keySet().forEach(name -> files.put(name, file));
        }
        Files.write(
                directory.resolve("model.safetensors.index.json"),
                Json.lenient().writeValueAsBytes(index));
        Files.writeString(directory.resolve("tokenizer.json"), "{}");
    }

    /** Each 16 bits stand for a quantile of the normal distribution. */
    private static short[] values() {
        NormalDistribution normal = NormalDistribution.of(0, DEVIATION);
        short[] values = new short[1 << 16];
        for (int i = 0; i < values.length; i++) {
            double quantile = normal.inverseCumulativeProbability((i + 0.5) / values.length);
            values[i] = (short) (Float.floatToIntBits((float) quantile) >>> 16);
        }
        return values;
    }

    private static void write(TensorContent.Sink sink, long elements, long seed, boolean ones, short[] values)
            throws IOException {
        ByteBuffer part = ByteBuffer.allocateDirect(2 * VALUES_AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = 0; start < elements; start += VALUES_AT_ONCE) {
            part.clear();
            for (long i = start; i < Math.min(elements, start + VALUES_AT_ONCE); i++) {
                part.putShort(ones ? (short) 0x3F80 : values[(int) (mixed((seed << 40) + i) >>> 48)]);
            }
            sink.write(part.flip());
        }
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
