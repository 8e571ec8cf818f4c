package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** {@code generation_config.json}, of a base model and beside an adapter. */
class GenerationConfigFuzzTest extends FuzzedReader {
    GenerationConfigFuzzTest() {
        super("generation-config");
    }

    @BeforeEach
    void copyModel() throws IOException {
        TestModels.copy(TestModels.tinyLlama(), directory.resolve("model"), "golden.safetensors", "model.safetensors");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                """
                {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "transformers_version": "4.50.0", "do_sample": true,
                 "temperature": 0.7, "max_length": 4096, "use_cache": true}""".getBytes(StandardCharsets.UTF_8),
                "{\"eos_token_id\": [2, 3], \"cache_implementation\": \"hybrid\", \"max_new_tokens\": null}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path model = directory.resolve("model");
        Files.write(model.resolve(ServedFiles.GENERATION), input);
        ModelDirectory base = ModelDirectory.open(model, "model");
        Path trained = Files.createDirectories(directory.resolve("trained"));
        ServedFiles.of(base, Optional.empty(), 2).write(trained);
        ServedFiles.read(trained, "trained").endTokens();
        Files.write(trained.resolve(ServedFiles.GENERATION), input);
        ServedFiles.read(trained, "trained").endTokens();
    }
}
