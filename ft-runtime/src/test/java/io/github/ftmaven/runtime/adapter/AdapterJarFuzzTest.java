package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The jar of an adapter. */
class AdapterJarFuzzTest extends FuzzedReader {
    AdapterJarFuzzTest() {
        super("jar");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        Path jar = AdapterJars.write(
                directory.resolve("seed.jar"),
                Map.of("adapter_config.json", "{}", "README.md", "# Card", "evaluation/seal.json", "{}"));
        return List.of(Files.readAllBytes(jar));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path jar = Files.write(directory.resolve("x.jar"), input);
        PackagedAdapter.digest(jar, "x.jar");
        AdapterArtifact.unpack(jar, "x.jar", directory.resolve("unpacked"));
    }
}
