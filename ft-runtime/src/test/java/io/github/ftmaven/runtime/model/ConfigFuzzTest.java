package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** {@code config.json}. */
class ConfigFuzzTest extends FuzzedReader {
    ConfigFuzzTest() {
        super("config");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/models/families/gemma/config.json"),
                resource("/models/families/gemma2/config.json"),
                resource("/models/families/gemma3/config.json"),
                resource("/models/families/gemma3_text/config.json"),
                resource("/models/families/llama/config.json"),
                resource("/models/families/mistral/config.json"),
                resource("/models/families/phi3/config.json"),
                resource("/models/families/qwen2/config.json"),
                resource("/models/families/qwen3/config.json"),
                resource("/models/quantized/nf4/config.json"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Files.write(directory.resolve("config.json"), input);
        Files.write(directory.resolve("generation_config.json"), input);
        ArchitectureReader.read(directory.resolve("config.json"), "config.json");
    }
}
