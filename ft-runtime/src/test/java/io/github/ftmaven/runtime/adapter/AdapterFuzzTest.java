package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** An adapter in a directory, for a model that it should fit. */
class AdapterFuzzTest extends FuzzedReader {
    private static final String LLAMA = "/models/families/llama/";

    private final Architecture architecture =
            ArchitectureReader.read(TestModels.resource(LLAMA + "config.json"), "config.json");

    AdapterFuzzTest() {
        super("adapter");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource(LLAMA + "adapter/" + PeftAdapter.CONFIG), resource(LLAMA + "adapter/" + PeftAdapter.WEIGHTS));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        boolean config = input.length > 0 && input[0] == '{';
        Files.write(
                directory.resolve(PeftAdapter.CONFIG),
                config ? input : resource(LLAMA + "adapter/" + PeftAdapter.CONFIG));
        Files.write(
                directory.resolve(PeftAdapter.WEIGHTS),
                config ? resource(LLAMA + "adapter/" + PeftAdapter.WEIGHTS) : input);
        PeftAdapter.read(directory, "adapter", architecture);
    }
}
