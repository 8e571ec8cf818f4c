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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** LLaMA-Factory's {@code dataset_info.json}, which says what the names of its datasets mean. */
final class DatasetInfo {
    private static final String NAME = "dataset_info.json";
    private static final int ANCESTORS = 6;
    private static final long MOST_BYTES = 8 << 20;

    /** The columns of a row with one question, as LLaMA-Factory calls them. */
    private static final List<String> ALPACA = List.of("prompt", "query", "response");

    /** The columns of a conversation, and the names that rows may have for them here. */
    private static final Map<String, List<String>> SHAREGPT = Map.of(
            "messages", List.of("conversations", "messages"), "system", List.of("system"), "tools", List.of("tools"));

    private static final Map<String, String> USUAL =
            Map.of("prompt", "instruction", "input", "input", "completion", "output");

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

    /**
     * The names of the columns that all datasets have, by those of {@code dataset.columns}; empty for the usual names.
     *
     * @param comments where some datasets have others, a sentence about it
     */
    Map<String, String> columns(List<String> names, Set<String> comments) {
        Set<Map<String, String>> found = new LinkedHashSet<>();
        names.forEach(name -> found.add(columns(entries.path(name))));
        if (found.size() > 1) {
            comments.add("the columns of these datasets differ: see " + NAME + " and dataset.columns");
            return Map.of();
        }
        return found.isEmpty() ? Map.of() : found.iterator().next();
    }

    /** LLaMA-Factory reads only the columns that an entry names, once it names one. */
    private static Map<String, String> columns(JsonNode entry) {
        JsonNode columns = entry.path("columns");
        if (!columns.isObject() || !isAlpaca(entry) || !(columns.has("prompt") && columns.has("response"))) {
            return Map.of();
        }
        Map<String, String> names = new LinkedHashMap<>();
        names.put("prompt", columns.path("prompt").asText());
        if (columns.has("query")) {
            names.put("input", columns.path("query").asText());
        }
        names.put("completion", columns.path("response").asText());
        return names.equals(USUAL) ? Map.of() : names;
    }

    private static boolean isAlpaca(JsonNode entry) {
        return entry.path("formatting").asText("alpaca").equals("alpaca");
    }

    private SourceNaming.Named named(String name, JsonNode entry) {
        if (entry.path("file_name").isTextual()) {
            return new SourceNaming.Named(
                    directory + "/" + entry.path("file_name").asText(), left(name, entry));
        }
        if (entry.path("hf_hub_url").isTextual()) {
            String split = entry.path("split").isTextual() ? entry.path("split").asText() : null;
            SourceNaming.Named file = SourceNaming.data(entry.path("hf_hub_url").asText(), List.of(), split, null);
            String left = left(name, entry);
            return left == null
                    ? file
                    : new SourceNaming.Named(file.name(), file.comment() == null ? left : file.comment() + "; " + left);
        }
        return unknown(name);
    }

    /** What of an entry has no counterpart; null if all of it has. */
    private static @Nullable String left(String name, JsonNode entry) {
        if (entry.path("ranking").asBoolean()) {
            return name + " has preferences: set dataset.layout to preference";
        }
        JsonNode columns = entry.path("columns");
        List<String> others = new ArrayList<>();
        columns.fieldNames().forEachRemaining(column -> {
            String own = columns.path(column).asText();
            if (!(isAlpaca(entry)
                    ? ALPACA.contains(column)
                    : SHAREGPT.getOrDefault(column, List.of()).contains(own))) {
                others.add(column + ": " + own);
            }
        });
        return others.isEmpty()
                ? null
                : name + " has columns that must be renamed or converted (" + String.join(", ", others) + ")";
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
