package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The weights of a model split over several safetensors files, as {@code model.safetensors.index.json} lists them. */
final class ShardedWeights implements Weights {
    private final Map<String, SafetensorsFile> shards;
    private final Map<String, TensorInfo> tensors;
    private final Map<String, SafetensorsFile> shardOf;

    private ShardedWeights(
            Map<String, SafetensorsFile> shards,
            Map<String, TensorInfo> tensors,
            Map<String, SafetensorsFile> shardOf) {
        this.shards = shards;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.shardOf = shardOf;
    }

    /**
     * Opens every shard that the index names, and checks that index and shards agree on every tensor.
     *
     * @param display the directory as the user would write its path
     */
    static ShardedWeights open(Path directory, String indexName, String display) {
        JsonObjectFile index = JsonObjectFile.read(directory.resolve(indexName), display + "/" + indexName);
        JsonNode weightMap = index.node("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw index.invalid("weight_map", "must map tensor names to the files beside it that hold them");
        }
        Map<String, SafetensorsFile> shards = new TreeMap<>();
        for (JsonNode file : weightMap) {
            shards.computeIfAbsent(shardName(file, index), name -> openShard(directory, name, index, display));
        }
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        Map<String, SafetensorsFile> shardOf = new LinkedHashMap<>();
        shards.forEach((name, shard) -> {
            for (TensorInfo tensor : shard.tensors().values()) {
                if (!weightMap.path(tensor.name()).asText().equals(name)) {
                    throw new InvalidInputException(display + "/" + name + ": holds tensor " + tensor.name()
                            + ", which " + indexName + " does not list there. The files belong to different models.");
                }
                tensors.put(tensor.name(), tensor);
                shardOf.put(tensor.name(), shard);
            }
        });
        for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
            if (!tensors.containsKey(entry.getKey())) {
                throw new InvalidInputException(display + "/" + entry.getValue().asText() + ": tensor "
                        + entry.getKey() + " is missing, though " + indexName
                        + " lists it there. The files belong to different models.");
            }
        }
        return new ShardedWeights(shards, tensors, shardOf);
    }

    private static String shardName(JsonNode file, JsonObjectFile index) {
        String name = file.asText();
        if (!file.isTextual() || !name.endsWith(".safetensors") || !isFileName(name)) {
            throw index.invalid(
                    "weight_map", "must map every tensor to the name of a .safetensors file beside it, not to " + file);
        }
        return name;
    }

    private static boolean isFileName(String name) {
        try {
            return !name.contains("/") && !name.contains("\\") && Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static SafetensorsFile openShard(Path directory, String name, JsonObjectFile index, String display) {
        Path path = directory.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new InvalidInputException(display + "/" + name + ": no such file, but " + index.display()
                    + " names it. Download all shards.");
        }
        return SafetensorsFile.open(path, display + "/" + name);
    }

    /** The names of the shards, sorted. */
    List<String> fileNames() {
        return List.copyOf(shards.keySet());
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public String file(String name) {
        return shard(name).file(name);
    }

    @Override
    public ByteBuffer bytes(String name, long offset, int length) {
        return shard(name).bytes(name, offset, length);
    }

    @Override
    public void read(String name, long offset, ByteBuffer into) {
        shard(name).read(name, offset, into);
    }

    private SafetensorsFile shard(String name) {
        SafetensorsFile shard = shardOf.get(name);
        if (shard == null) {
            throw new IllegalArgumentException("no tensor named " + name);
        }
        return shard;
    }
}
