package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pointer to weights that a service keeps. */
class ModelPointerFuzzTest extends FuzzedReader {
    ModelPointerFuzzTest() {
        super("pointer");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        new ModelPointer("OpenAI (x.y)", "https://x.y/v1", "ft:mini::1", "mini", "t-01", "j-1", "01ab", "2026", "2027")
                .write(directory);
        return List.of(Files.readAllBytes(directory.resolve(ModelPointer.FILE)));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path seen = Files.createDirectories(directory.resolve("seen"));
        Files.write(seen.resolve(ModelPointer.FILE), input);
        ModelPointer.read(seen, "a.jar").asked();
    }
}
