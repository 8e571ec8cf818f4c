package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** {@code model.safetensors.index.json}. */
class WeightIndexFuzzTest extends FuzzedReader {
    private static final List<String> SHARDS =
            List.of("/safetensors/mixed.safetensors", "/models/families/llama/adapter/adapter_model.safetensors");

    WeightIndexFuzzTest() {
        super("weight-index");
    }

    @BeforeEach
    void writeShards() throws IOException {
        for (int i = 0; i < SHARDS.size(); i++) {
            Files.write(directory.resolve(shard(i)), resource(SHARDS.get(i)));
        }
    }

    private static String shard(int i) {
        return "model-0000" + (i + 1) + "-of-00002.safetensors";
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        ObjectNode index = new JsonMapper().createObjectNode();
        index.putObject("metadata").put("total_size", 14_000);
        ObjectNode map = index.putObject("weight_map");
        for (int i = 0; i < SHARDS.size(); i++) {
            for (String name : SafetensorsFile.open(directory.resolve(shard(i)), shard(i))
                    .tensors()
                    .keySet()) {
                map.put(name, shard(i));
            }
        }
        return List.of(new JsonMapper().writeValueAsBytes(index));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Files.write(directory.resolve("i.json"), input);
        ShardedWeights weights = ShardedWeights.open(directory, "i.json", "model");
        weights.fileNames();
        weights.tensors().keySet().forEach(weights::file);
    }
}
