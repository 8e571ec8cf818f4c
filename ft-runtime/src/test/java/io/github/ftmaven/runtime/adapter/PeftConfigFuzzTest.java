package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** {@code adapter_config.json}. */
class PeftConfigFuzzTest extends FuzzedReader {
    PeftConfigFuzzTest() {
        super("peft-config");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/models/families/llama/adapter/adapter_config.json"),
                resource("/models/families/llama/patterns/adapter_config.json"),
                resource("/models/families/llama/layers/adapter_config.json"),
                resource("/models/families/llama/dora/adapter_config.json"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        PeftConfigReader.read(Files.write(directory.resolve("adapter_config.json"), input), "adapter_config.json");
    }
}
