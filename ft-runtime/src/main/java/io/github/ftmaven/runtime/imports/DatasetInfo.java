package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** LLaMA-Factory's {@code dataset_info.json}, which says what the names of its datasets mean. */
final class DatasetInfo {
    private static final String NAME = "dataset_info.json";
    private static final int ANCESTORS = 6;
    private static final long MOST_BYTES = 8 << 20;

    private final JsonNode entries;
    private final String directory;
    private final boolean found;

    private DatasetInfo(JsonNode entries, String directory, boolean found) {
        this.entries = entries;
        this.directory = directory;
        this.found = found;
    }

    /**
     * Looks beside a configuration and in the directories above it, because its paths begin where the program ran.
     *
     * @param named the directory of datasets, relative to there; null for the usual one
     */
    static DatasetInfo near(Path config, @Nullable String named) {
        String directory = named == null ? "data" : named.replaceFirst("/+$", "");
        Path above = config.toAbsolutePath().getParent();
        for (int i = 0; i < ANCESTORS && above != null; i++, above = above.getParent()) {
            Path file = above.resolve(directory).resolve(NAME);
            if (Files.isRegularFile(file)) {
                return new DatasetInfo(read(file), directory, true);
            }
        }
        return new DatasetInfo(MissingNode.getInstance(), directory, false);
    }

    private static JsonNode read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidInputException(
                        file + ": larger than " + (MOST_BYTES >> 20) + " MiB. Set dataset_dir in"
                                + " the configuration to another directory, or move the file away.");
            }
            return YamlTree.read(Files.readAllBytes(file), file.toString()).root();
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /** The files of datasets, with what is left to do about them. */
    List<String> files(List<String> names, Set<String> comments) {
        List<String> files = new ArrayList<>();
        for (String name : names) {
            JsonNode entry = entries.path(name);
            SourceNaming.Named file = entry.isObject() ? named(name, entry) : unknown(name);
            files.add(file.name());
            if (file.comment() != null) {
                comments.add(file.comment());
            }
        }
        return files;
    }

    private SourceNaming.Named named(String name, JsonNode entry) {
        if (entry.path("file_name").isTextual()) {
            String comment = entry.path("ranking").asBoolean()
                    ? name + " has preferences: set dataset.layout to preference"
                    : entry.path("columns").isObject()
                                    && entry.path("formatting").asText("alpaca").equals("alpaca")
                            ? name + " has other names for its columns: see " + NAME + " and dataset.columns"
                            : null;
            return new SourceNaming.Named(
                    directory + "/" + entry.path("file_name").asText(), comment);
        }
        if (entry.path("hf_hub_url").isTextual()) {
            String split = entry.path("split").isTextual() ? entry.path("split").asText() : null;
            return SourceNaming.data(entry.path("hf_hub_url").asText(), List.of(), split, null);
        }
        return unknown(name);
    }

    private SourceNaming.Named unknown(String name) {
        if (SourceNaming.isHub(name)) {
            return SourceNaming.data(name, List.of(), null, null);
        }
        String why = found ? NAME + " has no file for " + name : NAME + " was not found near the configuration";
        return new SourceNaming.Named(
                directory + "/" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ".json", why + ", so the file is a guess");
    }
}
