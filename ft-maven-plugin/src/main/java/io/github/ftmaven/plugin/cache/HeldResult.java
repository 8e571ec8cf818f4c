package io.github.ftmaven.plugin.cache;

import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Directories;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** One result of the cache, existing or not. While it is held, no other build computes, takes or deletes it. */
public final class HeldResult implements AutoCloseable {
    private final ResultCache cache;
    private final Lease lease;
    private final Stage stage;
    private final Path output;
    private final Stamp stamp;
    private final Path entry;

    HeldResult(ResultCache cache, Lease lease, Stage stage, Path output, Stamp stamp) {
        this.cache = cache;
        this.lease = lease;
        this.stage = stage;
        this.output = output;
        this.stamp = stamp;
        this.entry = cache.entry(stage, stamp);
    }

    /**
     * Copies the cached result to the stage's output.
     *
     * @return when it was computed; empty if there is no cached result
     * @throws InvalidInputException if the cached result is damaged; it is then deleted, and the stage's output is
     * unchanged
     */
    public Optional<Instant> take() throws IOException {
        if (!Files.exists(entry)) {
            return Optional.empty();
        }
        KeptResult kept = checked();
        for (Path place : stage.everything()) {
            Directories.delete(place);
        }
        for (String name : kept.files().keySet()) {
            Path place = output.resolve(name);
            Files.createDirectories(place.resolveSibling(""));
            Files.copy(kept.file(name), place, StandardCopyOption.REPLACE_EXISTING);
        }
        kept.use();
        return Optional.of(kept.made());
    }

    private KeptResult checked() throws IOException {
        try {
            return checked(entry);
        } catch (InvalidInputException e) {
            Directories.delete(entry);
            throw new InvalidInputException(
                    "the cached result " + shortKey() + " is damaged (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Reads an entry.
     *
     * @throws InvalidInputException if it is damaged, with a message that is not a full sentence
     */
    private KeptResult checked(Path directory) throws IOException {
        KeptResult kept;
        try {
            kept = KeptResult.read(directory);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(KeptResult.ENTRY + " cannot be read", e);
        }
        if (!kept.stamp().equals(stamp)) {
            throw new InvalidInputException(KeptResult.ENTRY + " belongs to another result");
        }
        if (cache.key() != null && !cache.key().isOf(kept)) {
            throw new InvalidInputException(KeptResult.ENTRY + " is not signed with the key in " + CacheKey.VARIABLE);
        }
        Optional<String> damage = kept.damage().or(() -> strange(kept));
        if (damage.isPresent()) {
            throw new InvalidInputException(damage.get());
        }
        return kept;
    }

    /** A file that this stage would not write. Results from elsewhere must not be able to write arbitrary files. */
    private Optional<String> strange(KeptResult kept) {
        return kept.files().keySet().stream()
                .filter(name -> {
                    Path place = output.resolve(name).normalize();
                    return stage.everything().stream().noneMatch(place::startsWith);
                })
                .map(name -> "it has a file " + name)
                .findFirst();
    }

    /** Stores the stage's output and makes room for it. */
    public void keep() throws IOException {
        Path next = next();
        try {
            SortedMap<String, String> files = new TreeMap<>();
            for (Path file : Stage.files(stage.everything())) {
                String name = output.relativize(file).toString().replace('\\', '/');
                Path copy = next.resolve("files").resolve(name);
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
                files.put(name, Digests.sha256(copy));
            }
            KeptResult.write(next, stamp, Instant.now(), files, cache.key());
            place(next);
        } finally {
            Directories.delete(next);
        }
        shrink();
    }

    private void shrink() {
        try {
            cache.shrink(entry);
        } catch (IOException e) {
            // The next build deletes what could not be deleted now.
        }
    }

    /** Whether there is a cached result. */
    public boolean isKept() {
        return Files.exists(entry);
    }

    /** Writes the cached result as one file, with the same bytes for the same result. */
    public void export(Path zip) throws IOException {
        AdapterJar archive = AdapterJar.zip("");
        archive.add(KeptResult.ENTRY, entry.resolve(KeptResult.ENTRY));
        KeptResult kept = KeptResult.read(entry);
        kept.files().keySet().forEach(name -> archive.add("files/" + name, kept.file(name)));
        archive.write(zip, kept.made());
    }

    /**
     * Stores what {@link #export} wrote on another machine.
     *
     * @throws InvalidInputException if the file is damaged or contains another result
     */
    public void bring(Path zip) throws IOException {
        Path next = next();
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry file : List.copyOf(archive.stream().toList())) {
                // This keeps the unpacked size below the downloaded size.
                if (file.isDirectory() || file.getMethod() != ZipEntry.STORED) {
                    throw new InvalidInputException("it has an entry " + file.getName() + " that was not written here");
                }
                Path place = next.resolve(file.getName()).normalize();
                if (!place.startsWith(next)) {
                    throw new InvalidInputException("it has a file " + file.getName());
                }
                Files.createDirectories(place.resolveSibling(""));
                try (InputStream in = archive.getInputStream(file)) {
                    Files.copy(in, place);
                }
            }
            checked(next);
            place(next);
        } catch (ZipException | EOFException | InvalidPathException e) {
            throw new InvalidInputException("it is not a zip of a result: " + e.getMessage(), e);
        } finally {
            Directories.delete(next);
        }
        shrink();
    }

    /** The first digits of its key, for messages. */
    public String shortKey() {
        return stamp.key().substring(0, 12);
    }

    /** A temporary directory for an entry. Deletes what a killed build left there. */
    private Path next() throws IOException {
        Path next = entry.resolveSibling("." + entry.getFileName() + ResultCache.NEXT);
        Directories.delete(next);
        Files.createDirectories(next);
        return next;
    }

    private void place(Path next) throws IOException {
        Directories.delete(entry);
        Files.move(next, entry, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
