package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** The header of a safetensors file. */
class SafetensorsFuzzTest extends FuzzedReader {
    SafetensorsFuzzTest() {
        super("safetensors");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/safetensors/mixed.safetensors"),
                resource("/models/families/llama/gaussian/adapter_model.safetensors"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        SafetensorsFile.open(Files.write(directory.resolve("x.safetensors"), input), "x.safetensors");
    }
}
