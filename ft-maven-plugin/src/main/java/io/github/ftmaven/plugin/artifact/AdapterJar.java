package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.files.Directories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jar of an adapter. The files go into {@code META-INF/lora/<groupId>/<artifactId>/}, or into a directory
 * below it that is named after the jar's classifier.
 *
 * <p>Equal content gives equal bytes on every system: entries are sorted, their time is fixed, and nothing is
 * compressed, because weights do not compress and compressors differ.
 *
 * <p>Equal content gives equal bytes on every system: entries are sorted, their time is given, and all are stored,
 * since
 * weights do not compress and compressors differ.
 */
public final class AdapterJar {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final String directory;
    private final boolean hasManifest;
    private final SortedMap<String, Content> entries = new TreeMap<>();

    /**
     * Begins a jar for an adapter.
     *
     * @param name {@code groupId:artifactId}, and {@code :classifier} if the jar has one
     */
    public static AdapterJar of(String name) {
        return new AdapterJar(PackagedAdapter.root(name), true);
    }

    private AdapterJar(String directory, boolean hasManifest) {
        this.directory = directory;
        this.hasManifest = hasManifest;
    }

    /** Begins a zip archive with all files in a directory such as {@code merged/}, or at the top level. */
    public static AdapterJar zip(String directory) {
        return new AdapterJar(directory, false);
    }

    /** Begins a jar with the content of a packaged adapter. The adapter must stay open until the jar is written. */
    AdapterJar(PackagedAdapter adapter) {
        this(adapter.root(), true);
        adapter.files().forEach(name -> entries.put(directory + name, () -> adapter.content(name)));
    }

    /** Adds a file of the adapter. */
    public AdapterJar add(String name, Path file) {
        entries.put(directory + name, () -> Files.newInputStream(file));
        return this;
    }

    /** Adds a file with this content to the adapter. */
    public AdapterJar add(String name, byte[] content) {
        entries.put(directory + name, () -> new ByteArrayInputStream(content));
        return this;
    }

    /**
     * Writes the jar to a temporary file and renames it.
     *
     * @param time the time of all entries
     */
    public void write(Path jar, Instant time) throws IOException {
        Path target = jar.toAbsolutePath();
        Files.createDirectories(target.resolveSibling(""));
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        byte[] manifest =
                "Manifest-Version: 1.0\r\nCreated-By: ft-maven-plugin\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temporary))) {
                // Programs that read jars as streams expect the manifest first.
                if (hasManifest) {
                    store(zip, MANIFEST, () -> new ByteArrayInputStream(manifest), local);
                }
                for (Map.Entry<String, Content> entry : entries.entrySet()) {
                    store(zip, entry.getKey(), entry.getValue(), local);
                }
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException("cannot write " + target + ": " + FileProblem.reason(e), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Writes the adapter's files into a classes directory and replaces everything in their place.
     *
     * @return their directory
     */
    public Path unpack(Path classes) throws IOException {
        Path place = classes.resolve(directory);
        Path next = place.resolveSibling("." + place.getFileName() + ".next");
        Directories.delete(next);
        try {
            Files.createDirectories(next);
            for (Map.Entry<String, Content> entry : entries.entrySet()) {
                try (InputStream in = entry.getValue().open()) {
                    Files.copy(in, next.resolve(entry.getKey().substring(directory.length())));
                }
            }
            Directories.delete(place);
            Files.move(next, place);
        } catch (IOException e) {
            throw new IOException("cannot write " + place + ": " + FileProblem.reason(e), e);
        } finally {
            Directories.delete(next);
        }
        return place;
    }

    private static void store(ZipOutputStream zip, String name, Content content, LocalDateTime time)
            throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        // Not setTime: its bytes depend on the time zone.
        entry.setTimeLocal(time);
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(content.open(), checksum)) {
            entry.setSize(in.transferTo(OutputStream.nullOutputStream()));
        }
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        try (InputStream in = content.open()) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }

    /** Content that can be read more than once. */
    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }
}
