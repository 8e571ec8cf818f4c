package io.github.ftmaven.runtime.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The jars in {@code ft-worker.jar}: left as they were, so that signatures, services and native libraries stay valid. */
public final class WorkerLibraries {
    /** The directory of the jars, in the jar and beside it. */
    public static final String DIRECTORY = "lib/";

    private WorkerLibraries() {}

    /** Unpacks those that are not there yet, and names all in the order of the class path, relative to the directory. */
    static List<String> unpack(Path directory) throws IOException, UnusableException {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(own().toFile())) {
            Files.createDirectories(directory.resolve(DIRECTORY));
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
                JarEntry entry = all.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(DIRECTORY)) {
                    unpack(jar, entry, directory.resolve(entry.getName()));
                    names.add(entry.getName());
                }
            }
        }
        if (names.isEmpty()) {
            throw new UnusableException(own() + ": holds no libraries. Copy ft-worker.jar again.");
        }
        return names;
    }

    private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == entry.getSize()) {
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Started by {@code java -jar}, the class path is the jar. */
    private static Path own() {
        return Path.of(System.getProperty("java.class.path"));
    }
}
