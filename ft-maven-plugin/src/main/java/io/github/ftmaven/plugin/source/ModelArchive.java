package io.github.ftmaven.plugin.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.runtime.adapter.ZipContent;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A model in a jar or zip: the files of the only directory that contains a {@code config.json}. */
final class ModelArchive {
    private static final String CONFIG = "config.json";
    private static final String UNPACKING = ".unpacking";

    /** Longer than it takes to write any file. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private ModelArchive() {}

    /**
     * Unpacks the archive, unless an undamaged unpacked copy exists.
     *
     * @param display the archive, for messages
     * @param cache the directory for unpacked archives, each in a directory named after its digest
     * @param told receives sentences for the user
     * @return the model's directory
     * @throws InvalidInputException if the file is not an archive or contains no model
     */
    static Path unpack(Path archive, String display, Path cache, Consumer<String> told) throws IOException {
        DigestCache digests = new DigestCache(cache.resolve("digests.json"));
        String digest = digests.sha256(archive);
        Path directory = cache.resolve(digest);
        Path list = cache.resolve(digest + ".json");
        if (Files.isDirectory(directory)) {
            Optional<String> damage = damage(directory, list, digests);
            digests.save();
            if (damage.isEmpty()) {
                return directory;
            }
            told.accept(display + ": the unpacked copy is damaged (" + damage.get() + "), so it is unpacked again.");
            Directories.delete(directory);
        }
        Files.createDirectories(cache);
        deleteAbandoned(cache);
        Path next = Files.createTempDirectory(cache, UNPACKING);
        try {
            unpack(archive, display, next);
            ObjectNode files = JsonFile.object();
            for (Path file : Stage.files(List.of(next))) {
                files.put(String.valueOf(file.getFileName()), Digests.sha256(file));
            }
            JsonFile.write(list, files);
            place(next, directory);
        } finally {
            Directories.delete(next);
        }
        digests.save();
        return directory;
    }

    /** How an unpacked archive differs from what was unpacked. */
    private static Optional<String> damage(Path directory, Path list, DigestCache digests) throws IOException {
        ObjectNode files;
        try {
            files = JsonFile.read(list, "");
        } catch (InvalidInputException e) {
            return Optional.of("the list of its files cannot be read");
        }
        Set<String> listed = new TreeSet<>();
        files.fieldNames().forEachRemaining(listed::add);
        for (Path file : Stage.files(List.of(directory))) {
            String name = directory.relativize(file).toString();
            if (!listed.remove(name)) {
                return Optional.of(name + " was added");
            }
            if (!digests.sha256(file).equals(files.path(name).asText())) {
                return Optional.of(name + " was modified");
            }
        }
        return listed.stream().findFirst().map(name -> name + " has disappeared");
    }

    /** Deletes what killed builds were unpacking: nothing in it has been written for a while. */
    private static void deleteAbandoned(Path cache) throws IOException {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(cache, UNPACKING + "*")) {
            for (Path directory : directories) {
                Instant written;
                try (Stream<Path> files = Files.list(directory)) {
                    written = Files.getLastModifiedTime(directory).toInstant();
                    for (Path file : files.toList()) {
                        Instant last = Files.getLastModifiedTime(file).toInstant();
                        written = last.isAfter(written) ? last : written;
                    }
                } catch (NoSuchFileException e) {
                    continue; // another build has finished with it
                }
                if (written.plus(ABANDONED).isBefore(Instant.now())) {
                    Directories.delete(directory);
                }
            }
        }
    }

    private static void unpack(Path archive, String display, Path next) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            String root = root(entries, display);
            // Flat, so that an entry's directory cannot affect where its file is unpacked.
            Pattern flat = Pattern.compile(Pattern.quote(root) + "[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*");
            List<? extends ZipEntry> files = entries.stream()
                    .filter(entry -> flat.matcher(entry.getName()).matches())
                    .toList();
            ZipContent.check(zip, files, display);
            for (ZipEntry entry : files) {
                try (InputStream in = ZipContent.open(zip, entry, display)) {
                    Files.copy(in, next.resolve(entry.getName().substring(root.length())));
                }
            }
        } catch (ZipException e) {
            throw new InvalidInputException(display + ": not a jar or zip: " + e.getMessage() + ".", e);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(
                    display + ": contains " + e.getInput() + ", which is not a valid file name on this system.", e);
        } catch (EOFException e) {
            throw new InvalidInputException(display + ": a file in it is truncated. Get the archive again.", e);
        }
    }

    private static void place(Path next, Path directory) throws IOException {
        try {
            Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another build or module was faster. Linux has no specific exception for an existing directory.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static String root(List<? extends ZipEntry> entries, String display) {
        Optional<String> config = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(CONFIG) || name.endsWith("/" + CONFIG))
                .min(Comparator.comparingLong((String name) ->
                                name.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()));
        String name = config.orElseThrow(
                () -> new InvalidInputException(display + ": contains no " + CONFIG + ", so it is not a model."));
        return name.substring(0, name.length() - CONFIG.length());
    }
}
