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
 * SHA-256 digests of files. Those of large files are remembered, because hashing a base model takes longer than a build
 * in which nothing changed. A file counts as unchanged while its path and its {@link FileState} are the same.
 */
public final class DigestCache {
    /** Smaller files are hashed every time, which takes milliseconds. */
    static final long REMEMBERED_SIZE = 8L << 20;

    /** A file this new may be written again without a change of its modification time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path file;
    private final long rememberedSize;
    private final ObjectNode entries;
    private final Map<Path, String> expected = new HashMap<>();
    private boolean changed;

    /** Opens a cache file. A missing or damaged file is an empty cache. */
    public DigestCache(Path file) {
        this(file, REMEMBERED_SIZE);
    }

    /** The same with another minimum size for remembered files. */
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
     * The digest of the adapter in a jar. Sealing does not change it.
     *
     * @throws InvalidInputException if the file contains no adapter
     */
    public String adapter(Path jar) throws IOException {
        return remembered(jar, "!/", file -> PackagedAdapter.digest(file, file.toString()));
    }

    /**
     * The digest of the trained files of the adapter in a jar.
     *
     * @throws InvalidInputException if the file contains no adapter
     */
    public String trained(Path jar) throws IOException {
        return remembered(jar, "!/trained", file -> PackagedAdapter.trainedDigest(file, file.toString()));
    }

    /**
     * The digest of one file of the adapter in a jar. Sealing does not change it.
     *
     * @param display the jar, for messages
     * @throws InvalidInputException if the jar contains no adapter with such a file
     */
    String file(Path jar, String display, String name) throws IOException {
        return remembered(jar, "!/" + name, file -> PackagedAdapter.fileDigest(file, display, name));
    }

    /** Sets the digest of a file that a stage has yet to write, regardless of the present file. */
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

    /** Computes a digest of a file. */
    @FunctionalInterface
    private interface Digest {
        String of(Path file) throws IOException;
    }

    /** Writes new digests to the cache file. */
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
            // It is only a cache: digests can be computed again.
            return JsonFile.object();
        }
    }
}
