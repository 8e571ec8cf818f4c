package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shards that an index in the hub's cache names. */
class HubIndexFuzzTest extends FuzzedReader {
    private static final String INDEX = "model.safetensors.index.json";

    HubIndexFuzzTest() {
        super("hub-index");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"metadata": {"total_size": 12}, "weight_map": {"a.weight": "model-00001-of-00002.safetensors",
                 "b.weight": "model-00002-of-00002.safetensors", "c.weight": "model-00002-of-00002.safetensors"}}
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path snapshot = Files.createDirectories(
                directory.resolve("models--acme--tiny/snapshots").resolve(FakeHub.COMMIT));
        Files.write(snapshot.resolve(INDEX), input);
        HubSettings settings = new HubSettings(URI.create("http://localhost:1"), null, directory, true);
        HubListener silent = new SilentListener();
        new Hub(settings, silent, duration -> {})
                .cached(new HubModel(FakeHub.ID, FakeHub.COMMIT), new HubFiles(List.of(), List.of(), List.of(INDEX)));
    }
}
