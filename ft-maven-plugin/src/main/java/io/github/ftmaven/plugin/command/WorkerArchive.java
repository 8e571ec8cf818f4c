package io.github.ftmaven.plugin.command;

import io.github.ftmaven.runtime.launcher.WorkerJar;
import io.github.ftmaven.runtime.launcher.WorkerLibraries;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * Writes {@code ft-worker.jar}: the jars of a worker in one file, and the classes that unpack and start them. The jars
 * stay as they are, because merged ones lose signatures and services.
 */
final class WorkerArchive {
    /** The first time that a zip file can hold. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String PACKAGE = WorkerJar.class.getPackageName().replace('.', '/') + "/";

    private WorkerArchive() {}

    /** Writes it, whole or not at all, unless it is there. */
    static void write(Path file, List<Path> classPath) throws IOException {
        if (Files.isRegularFile(file)) {
            return;
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, WorkerJar.class.getName());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (JarOutputStream jar =
                new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(next)), manifest)) {
            addLauncher(jar);
            jar.setLevel(Deflater.NO_COMPRESSION); // jars are compressed
            for (int i = 0; i < classPath.size(); i++) {
                // Two groups may have jars of one name.
                String name = String.format(
                        Locale.ROOT, "%03d-%s", i, classPath.get(i).getFileName());
                jar.putNextEntry(entry(WorkerLibraries.DIRECTORY + name));
                Files.copy(classPath.get(i), jar);
                jar.closeEntry();
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void addLauncher(JarOutputStream jar) throws IOException {
        URI own = URI.create(Objects.requireNonNull(WorkerJar.class.getResource("WorkerJar.class"))
                .toString());
        if (!own.getScheme().equals("jar")) {
            add(jar, Path.of(own).resolveSibling(""));
            return;
        }
        String archive = own.getSchemeSpecificPart()
                .substring(0, own.getSchemeSpecificPart().indexOf("!/"));
        try (FileSystem classes = FileSystems.newFileSystem(Path.of(URI.create(archive)), Map.of())) {
            add(jar, classes.getPath(PACKAGE));
        }
    }

    private static void add(JarOutputStream jar, Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".class")) {
                    jar.putNextEntry(entry(PACKAGE + name));
                    try (InputStream in = Files.newInputStream(file)) {
                        in.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EARLIEST);
        return entry;
    }
}
