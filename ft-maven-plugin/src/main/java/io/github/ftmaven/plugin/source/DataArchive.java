package io.github.ftmaven.plugin.source;

import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.adapter.ZipContent;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.HubDataFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar or zip with data. Its files are unpacked into a directory that is named by its digest.
 *
 * @param display its name in messages
 * @param cache the directory of all unpacked archives
 */
record DataArchive(Path archive, String display, Path cache) {
    /**
     * Unpacks files, unless they are there unharmed.
     *
     * @return the files by their names in the archive, in the order of their names
     * @throws InvalidInputException if it is not an archive
     */
    Map<String, Path> unpack(NameGlob glob) throws IOException {
        DigestCache digests = new DigestCache(cache.resolve("digests.json"));
        Path directory = cache.resolve(digests.sha256(archive));
        Map<String, Path> unpacked = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<String> names = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(HubDataFiles::isPath)
                    .toList();
            List<ZipEntry> entries =
                    glob.among(names).stream().map(zip::getEntry).toList();
            ZipContent.check(zip, entries, display);
            for (ZipEntry entry : entries) {
                Path file = directory.resolve(entry.getName());
                if (!isThere(entry, file)) {
                    unpack(zip, entry, file);
                }
                unpacked.put(entry.getName(), file);
            }
        } catch (ZipException e) {
            throw new InvalidInputException(display + ": not a jar or zip: " + e.getMessage() + ".", e);
        } catch (EOFException e) {
            throw new InvalidInputException(display + ": a file in it is truncated. Get the archive again.", e);
        }
        digests.save();
        return unpacked;
    }

    /** Whether a file is what was unpacked. */
    private static boolean isThere(ZipEntry entry, Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return crc.getValue() == entry.getCrc();
    }

    private void unpack(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(file.getParent(), ".unpacking-", "");
        try {
            try (InputStream in = ZipContent.open(zip, entry, display)) {
                Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
            }
            // Another build or module may be doing the same.
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The files of a module that is not packaged yet, by the names that they will have in its jar. */
    static Map<String, Path> inModule(Path classes, NameGlob glob) throws IOException {
        if (!Files.isDirectory(classes)) {
            return Map.of();
        }
        Map<String, Path> found = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .toList();
            glob.among(names).forEach(name -> found.put(name, classes.resolve(name)));
        }
        return found;
    }
}
