package io.github.ftmaven.runtime.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The checkpoints of {@code tools/golden_llama.py}, and copies of them to spoil. */
public final class TestModels {
    private TestModels() {}

    /** A random Llama of two layers. */
    public static Path tinyLlama() {
        return resource("/models/tiny-llama");
    }

    /** A LoRA adapter for it, written by PEFT. */
    public static Path tinyLlamaAdapter() {
        return resource("/models/tiny-llama-adapter");
    }

    /** The architecture of {@link #tinyLlama()}. */
    public static Architecture tinyArchitecture() {
        return ArchitectureReader.read(tinyLlama().resolve("config.json"), "tiny-llama/config.json");
    }

    /** Copies the files of a directory, but not those named. */
    public static Path copy(Path from, Path to, String... without) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!List.of(without).contains(name)) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
        return to;
    }

    /** A file or directory of the test resources. */
    public static Path resource(String name) {
        URL url = Objects.requireNonNull(TestModels.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
