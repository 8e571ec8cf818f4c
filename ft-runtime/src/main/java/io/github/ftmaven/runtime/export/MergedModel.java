package io.github.ftmaven.runtime.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Floats;
import io.github.ftmaven.runtime.model.PythonJson;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.SafetensorsWriter.Tensor;
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
import java.util.TreeMap;
import java.util.stream.Stream;

/** Merged weights as a model's directory that transformers and vLLM can load. */
public final class MergedModel {
    private static final DType TYPE = DType.BF16;

    /** Tokenizer files that only other programs read. */
    private static final List<String> FOREIGN = List.of("tokenizer.model", "vocab.json", "merges.txt");

    private MergedModel() {}

    /**
     * Writes safetensors in BF16, split into shards as transformers splits them, the configuration, and the tokenizer's
     * files.
     *
     * @param served how programs prompt the model and where it stops
     * @param directory exists and is empty
     * @param shardSize the most bytes of tensors in a shard with more than one tensor
     */
    public static void write(MergedWeights weights, ServedFiles served, Path directory, long shardSize)
            throws IOException {
        writeShards(weights, directory, shardSize);
        served.write(weights.model(), directory);
        for (String name : FOREIGN) {
            Path file = weights.model().path().resolve(name);
            if (Files.isRegularFile(file)) {
                Files.copy(file, directory.resolve(name));
            }
        }
        Path config = directory.resolve("config.json");
        Files.writeString(config, config(Files.readAllBytes(config)));
    }

    /** The base's configuration with a new type of the weights, under the same key. */
    private static String config(byte[] base) throws IOException {
        ObjectNode config = (ObjectNode) Json.lenient().readTree(base);
        List<String> keys =
                Stream.of("torch_dtype", "dtype").filter(config::has).toList();
        // Every version of transformers understands the older name.
        (keys.isEmpty() ? List.of("torch_dtype") : keys).forEach(key -> config.put(key, "bfloat16"));
        config.remove("quantization_config");
        return PythonJson.format(config) + "\n";
    }

    private static void writeShards(MergedWeights weights, Path directory, long shardSize) throws IOException {
        List<Map<String, Tensor>> shards = new ArrayList<>();
        long size = 0;
        long total = 0;
        for (String name : weights.names()) {
            Tensor tensor = tensor(weights, name);
            if (shards.isEmpty() || size + tensor.size() > shardSize) {
                shards.add(new LinkedHashMap<>());
                size = 0;
            }
            size += tensor.size();
            total += tensor.size();
            shards.get(shards.size() - 1).put(name, tensor);
        }
        if (shards.size() == 1) {
            SafetensorsWriter.write(directory.resolve("model.safetensors"), shards.get(0));
            return;
        }
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata")
                .put("total_parameters", weights.parameters())
                .put("total_size", total);
        ObjectNode map = index.putObject("weight_map");
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String file = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(directory.resolve(file), shards.get(i));
            shards.get(i).keySet().forEach(name -> files.put(name, file));
        }
        files.forEach(map::put);
        Files.writeString(directory.resolve("model.safetensors.index.json"), PythonJson.format(index) + "\n");
    }

    private static Tensor tensor(MergedWeights weights, String name) {
        return new Tensor(
                TYPE,
                weights.shape(name),
                sink -> weights.read(name, 1, (values, rows) -> {
                    List<Long> shape = weights.shape(name);
                    int count = rows * Math.toIntExact(shape.get(shape.size() - 1));
                    ByteBuffer bytes = ByteBuffer.allocate(count * TYPE.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                    Floats.encode(values, 0, count, TYPE, bytes);
                    sink.write(bytes.flip());
                }));
    }
}
