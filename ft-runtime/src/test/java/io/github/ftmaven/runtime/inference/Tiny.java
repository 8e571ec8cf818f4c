package io.github.ftmaven.runtime.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The tiny model, its adapter as a packaged one, and copies of them. */
final class Tiny {
    static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");
    static final Path ADAPTER = Path.of("src/test/resources/models/tiny-llama-adapter");

    private Tiny() {}

    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }

    /** A jar of the adapter under these coordinates, without entries for directories, as {@code ft:package} makes it. */
    static Path jar(Path jar, String groupId, String artifactId) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Path file : files(ADAPTER)) {
                zip.putNextEntry(
                        new JarEntry("META-INF/lora/" + groupId + "/" + artifactId + "/" + file.getFileName()));
                Files.copy(file, zip);
            }
        }
        return jar;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
