package io.github.ftmaven.plugin.stamp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.files.RealPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * SHA-256 of files, remembered for large ones, since hashing a base model takes longer than a build where nothing
 * changed. A file counts as unchanged while its path and its {@link FileState} are the same.
 */
public final class DigestCache {
    /** Smaller files are hashed each time: it takes milliseconds. */
    static final long REMEMBERED_SIZE = 8L << 20;

    /** A file this young may be written again without its time changing. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path file;
    private final long rememberedSize;
    private final ObjectNode entries;
    private final Map<Path, String> expected = new HashMap<>();
    private boolean changed;

    /** Opens the cache that a file holds; one that is missing or damaged is an empty one. */
    public DigestCache(Path file) {
        this(file, REMEMBERED_SIZE);
    }

    /** The same with another size from which on files are remembered. */
    DigestCache(Path file, long rememberedSize) {
        this.file = file;
        this.rememberedSize = rememberedSize;
        this.entries = read(file);
    }

    /** The digest of a file's content. */
    public String sha256(Path path) throws IOException {
        return remembered(path, "", Digests::sha256);
    }

    /**
     * The digest of the content of the adapter in a jar, which sealing does not change.
     *
     * @throws InvalidInputException if the file holds none
     */
    public String adapter(Path jar) throws IOException {
        return remembered(jar, "!/", file -> PackagedAdapter.digest(file, file.toString()));
    }

    /**
     * The digest of what was trained of the adapter in a jar.
     *
     * @throws InvalidInputException if the file holds none
     */
    public String trained(Path jar) throws IOException {
        return remembered(jar, "!/trained", file -> PackagedAdapter.trainedDigest(file, file.toString()));
    }

    /**
     * The digest of one file of the adapter in a jar, which sealing does not change.
     *
     * @param display the jar, for messages
     * @throws InvalidInputException if the jar holds no adapter with such a file
     */
    String file(Path jar, String display, String name) throws IOException {
        return remembered(jar, "!/" + name, file -> PackagedAdapter.fileDigest(file, display, name));
    }

    /** Gives a file that a stage has yet to write a digest, whatever is there now. */
    public void expect(Path path, String digest) {
        expected.put(path, digest);
    }

    private String remembered(Path path, String part, Digest compute) throws IOException {
        String known = expected.get(path);
        if (known != null) {
            return known;
        }
        if (Files.size(FileNames.readable(path)) < rememberedSize) {
            return compute.of(path);
        }
        FileState state = FileState.of(path);
        String name = RealPath.of(path) + part;
        JsonNode entry = entries.path(name);
        if (state.isThatOf(entry) && entry.path("sha256").isTextual()) {
            return entry.path("sha256").textValue();
        }
        boolean settled = state.last().plus(SETTLED).isBefore(Instant.now());
        String digest = compute.of(path);
        if (settled) {
            state.put(entries.putObject(name)).put("sha256", digest);
            changed = true;
        }
        return digest;
    }

    /** A digest of a file. */
    @FunctionalInterface
    private interface Digest {
        String of(Path file) throws IOException;
    }

    /** Writes what is new. */
    public void save() throws IOException {
        if (changed) {
            JsonFile.write(file, entries);
            changed = false;
        }
    }

    private static ObjectNode read(Path file) {
        try {
            return Files.exists(file) ? JsonFile.read(file, "") : JsonFile.object();
        } catch (InvalidInputException e) {
            // Only a cache: what it held is computed again.
            return JsonFile.object();
        }
    }
}
