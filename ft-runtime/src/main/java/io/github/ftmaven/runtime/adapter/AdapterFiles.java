package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The files of a packaged adapter in a directory, possibly unpacked from a jar. Closing deletes the unpacked files.
 *
 * @param display their origin, for messages
 * @param unpacked whether the directory was created for them
 */
public record AdapterFiles(Path directory, String display, boolean unpacked) implements AutoCloseable {
    /** The spec: every packaged adapter has it. */
    public static final String SPEC = "fine-tune.yaml";

    /**
     * The files in a directory.
     *
     * @throws InvalidInputException if there is no such directory
     */
    public static AdapterFiles in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(directory + ": no such directory. An adapter's directory holds "
                    + PeftAdapter.CONFIG + ", " + PeftAdapter.WEIGHTS + " and " + SPEC + ".");
        }
        return new AdapterFiles(directory, directory.toString(), false);
    }

    /**
     * Unpacks the only adapter of a jar.
     *
     * @throws InvalidInputException if the jar cannot be read as one, or does not hold exactly one adapter
     */
    public static AdapterFiles unpack(Path jar) {
        return unpacking(jar.toString(), directory -> AdapterArtifact.unpack(jar, jar.toString(), directory));
    }

    /**
     * Unpacks an adapter that is on the class path.
     *
     * @param coordinates {@code groupId:artifactId}, and {@code :classifier} if its jar has one
     * @param loader whose resources are searched
     * @throws InvalidInputException if it is missing or present twice
     */
    public static AdapterFiles onClassPath(String coordinates, ClassLoader loader) {
        List<String> parts = List.of(coordinates.split(":", -1));
        if (parts.size() < 2 || parts.size() > 3 || parts.stream().anyMatch(String::isBlank)) {
            throw new InvalidInputException("'" + coordinates
                    + "' is not an adapter's name. Write groupId:artifactId[:classifier], without a version.");
        }
        try {
            List<URL> found = Collections.list(loader.getResources(PackagedAdapter.root(coordinates) + SPEC));
            Set<String> places = new TreeSet<>();
            found.forEach(url -> places.add(url.toString()));
            if (places.isEmpty()) {
                throw missing(coordinates, loader);
            }
            if (places.size() > 1) {
                throw new InvalidInputException(coordinates + ": this adapter is on the class path more than once: "
                        + String.join(" and ", places) + ". Keep only one.");
            }
            URL spec = found.get(0);
            if (spec.openConnection() instanceof JarURLConnection) {
                return unpacking(coordinates, directory -> {
                    try (JarFile jar = open(spec)) {
                        AdapterArtifact.unpack(jar, coordinates, directory);
                    }
                });
            }
            return new AdapterFiles(Objects.requireNonNull(path(spec).getParent()), coordinates, false);
        } catch (IOException e) {
            throw new UncheckedIOException(coordinates + ": cannot be read: " + FileProblem.of(e), e);
        }
    }

    private static InvalidInputException missing(String coordinates, ClassLoader loader) throws IOException {
        Set<String> present = new TreeSet<>();
        // Every jar that Maven builds has a manifest, but some jars do not list their directories.
        for (URL manifest : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection) {
                try (JarFile jar = open(manifest)) {
                    present.addAll(
                            PackagedAdapter.adapters(jar, manifest.toString()).keySet());
                }
            }
        }
        for (URL root : Collections.list(loader.getResources(PackagedAdapter.ROOT))) {
            if (root.getProtocol().equals("file")) {
                present.addAll(below(path(root)));
            }
        }
        return new InvalidInputException(coordinates + ": this adapter is not on the class path."
                + Suggestion.didYouMean(coordinates, present)
                + (present.isEmpty()
                        ? " The class path has no adapters. Declare its artifact as a dependency; if it is a"
                                + " module of the same build,"
                                + " run mvn package or a later phase."
                        : " Available adapters: " + String.join(", ", present) + "."));
    }

    /** The adapters below a directory of classes, by name. */
    private static List<String> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 4)) {
            return files.filter(file -> file.endsWith(SPEC))
                    .map(file ->
                            root.relativize(file.resolveSibling("")).toString().replace(File.separatorChar, ':'))
                    .toList();
        }
    }

    private static Path path(URL file) {
        return Path.of(URI.create(file.toString()));
    }

    private static JarFile open(URL entry) throws IOException {
        URLConnection connection = entry.openConnection();
        connection.setUseCaches(false); // so that closing it does not close a shared jar
        return ((JarURLConnection) connection).getJarFile();
    }

    private static AdapterFiles unpacking(String display, Unpacking unpacking) {
        try {
            AdapterFiles files = new AdapterFiles(Files.createTempDirectory("ft-adapter"), display, true);
            try {
                unpacking.into(files.directory());
                return files;
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be unpacked: " + FileProblem.of(e), e);
        }
    }

    /** Deletes the unpacked files. Files that are still in use are deleted when the program ends. */
    @Override
    public void close() {
        if (!unpacked) {
            return;
        }
        directory.toFile().deleteOnExit(); // those named first are deleted last
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.toList()) {
                file.toFile().deleteOnExit();
                delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(directory);
    }

    /** Some systems do not delete a file while it is mapped into memory. */
    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            // It is deleted when the program ends.
        }
    }

    @FunctionalInterface
    private interface Unpacking {
        void into(Path directory) throws IOException;
    }
}
