package io.github.ftmaven.plugin.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A result in the cache: a directory with {@code entry.json} and the files.
 *
 * @param directory its directory
 * @param stamp its inputs
 * @param made when it was computed
 * @param files the digests of its files by their paths below {@code files/}, which are those below {@code target/ft}
 * @param signature the signature by {@link CacheKey}; null if the result is not signed
 */
record KeptResult(
        Path directory,
        Stamp stamp,
        Instant made,
        SortedMap<String, String> files,
        @Nullable String signature) {
    static final String ENTRY = "entry.json";
    private static final int FORMAT_VERSION = 1;
    private static final String SIGNATURE = "signature";

    /** Writes the entry of files that are in place. */
    static void write(
            Path directory, Stamp stamp, Instant made, SortedMap<String, String> files, @Nullable CacheKey key)
            throws IOException {
        ObjectNode json = JsonFile.object().put("formatVersion", FORMAT_VERSION).put("made", made.toString());
        ObjectNode fields = json.putObject("fields");
        stamp.fields().forEach((name, value) -> fields.put(name, value));
        ObjectNode digests = json.putObject("files");
        files.forEach((name, value) -> digests.put(name, value));
        if (key != null) {
            json.put(SIGNATURE, key.sign(stamp, made, files));
        }
        JsonFile.write(directory.resolve(ENTRY), json);
    }

    /**
     * Reads an entry.
     *
     * @throws InvalidInputException if it is damaged
     */
    static KeptResult read(Path directory) {
        ObjectNode json = JsonFile.read(directory.resolve(ENTRY), "");
        if (json.path("formatVersion").asInt() != FORMAT_VERSION) {
            throw new InvalidInputException(directory + ": was written by another version of the plugin.");
        }
        try {
            return new KeptResult(
                    directory,
                    new Stamp(texts(json.path("fields"))),
                    Instant.parse(json.path("made").asText()),
                    texts(json.path("files")),
                    json.path(SIGNATURE).textValue());
        } catch (DateTimeException e) {
            throw new InvalidInputException(directory.resolve(ENTRY) + ": " + e.getMessage() + ".", e);
        }
    }

    Path file(String name) {
        return directory.resolve("files").resolve(name);
    }

    /** Describes the damage; empty if there is none. */
    Optional<String> damage() throws IOException {
        if (files.isEmpty()) {
            return Optional.of("it has no files");
        }
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = file(file.getKey());
                if (!Files.isRegularFile(path)) {
                    return Optional.of(file.getKey() + " is missing");
                }
                if (!Digests.sha256(path).equals(file.getValue())) {
                    return Optional.of(file.getKey() + " was modified");
                }
            }
        } catch (InvalidPathException e) {
            return Optional.of(FileNames.problem(e));
        }
        return unlisted().map(name -> name + " is not in its list");
    }

    /** A file that is present but not listed. The list has lost it, and without it the result would be incomplete. */
    private Optional<String> unlisted() throws IOException {
        Path top = file("");
        return Stage.files(List.of(top)).stream()
                .map(file -> top.relativize(file).toString().replace('\\', '/'))
                .filter(name -> !files.containsKey(name))
                .findFirst();
    }

    /** When the result was last computed or taken. */
    static Instant used(Path directory) throws IOException {
        Path entry = directory.resolve(ENTRY);
        return Files.exists(entry) ? Files.getLastModifiedTime(entry).toInstant() : Instant.EPOCH;
    }

    void use() throws IOException {
        Files.setLastModifiedTime(directory.resolve(ENTRY), FileTime.from(Instant.now()));
    }

    private static SortedMap<String, String> texts(JsonNode node) {
        SortedMap<String, String> texts = new TreeMap<>();
        node.forEachEntry((name, value) -> texts.put(name, value.asText()));
        return texts;
    }
}
