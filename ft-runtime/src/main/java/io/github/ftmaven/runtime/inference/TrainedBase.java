package io.github.ftmaven.runtime.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.model.JsonObjectFile;
import io.github.ftmaven.runtime.model.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base that an adapter was trained on, according to its {@code provenance.json}.
 *
 * @param adapter the adapter's name in messages
 * @param name the base's name in the spec, with its revision if it has one
 * @param files SHA-256 by file name, of the configuration and the tokenizer
 * @param weights the same for the weights; empty if they were drawn at random
 */
record TrainedBase(String adapter, String name, Map<String, String> files, Map<String, String> weights) {
    /** The file's name in an adapter's directory. */
    static final String FILE = "provenance.json";

    /**
     * Reads the file of an adapter.
     *
     * @throws InvalidInputException if it is missing, or does not name the base
     */
    static TrainedBase read(Path directory, String adapter) {
        String display = adapter + "/" + FILE;
        JsonNode base = JsonObjectFile.read(directory.resolve(FILE), display).node("base");
        String revision = base.path("revision").asText();
        Map<String, String> files = digests(base.path("files"));
        if (files.isEmpty()) {
            throw new InvalidInputException(display + ": base.files is empty, so the base of this adapter is unknown.");
        }
        return new TrainedBase(
                adapter,
                base.path("model").asText() + (revision.isEmpty() ? "" : "@" + revision),
                files,
                digests(base.path("weights")));
    }

    /** The digest of a file; empty if it does not exist, also for a name that is not valid for files. */
    private static String digest(Path directory, String file) {
        try {
            Path path = directory.resolve(file);
            return Files.isRegularFile(path) ? Digests.sha256(List.of(path)) : "";
        } catch (InvalidPathException e) {
            return "";
        }
    }

    private static Map<String, String> digests(JsonNode node) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            digests.put(entry.getKey(), entry.getValue().asText());
        }
        return digests;
    }

    /**
     * Checks that a model is this base.
     *
     * @throws InvalidInputException at the first file that is missing or different
     */
    void require(ModelDirectory model, boolean withWeights) {
        Map<String, String> wanted = new LinkedHashMap<>(files);
        if (withWeights) {
            wanted.putAll(weights);
        }
        wanted.forEach((file, digest) -> {
            String found = digest(model.path(), file);
            if (!found.equals(digest)) {
                throw new InvalidInputException(model.display() + ": is not the base that " + adapter
                        + " was trained on, which is " + name + ": " + file
                        + (found.isEmpty() ? " is not there." : " has the SHA-256 " + found + ", not " + digest + ".")
                        + " With another base the adapter would compute nonsense.");
            }
        });
    }
}
