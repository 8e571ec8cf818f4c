package io.github.ftmaven.plugin.stamp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Stamps in files. Each is stored beside its stage's output, with the digests of that output. */
public final class Stamps {
    private static final int FORMAT_VERSION = 1;

    private static final int CHANGES_NAMED = 4;

    private final Path project;
    private final DigestCache digests;

    /**
     * Prepares for the stages of a project.
     *
     * @param project the directory that paths in messages and files are relative to
     */
    public Stamps(Path project, DigestCache digests) {
        this.project = project;
        this.digests = digests;
    }

    /**
     * Whether a stage must run.
     *
     * @param reason the reason as a sentence; empty if it has not run before
     */
    public record Decision(boolean run, Optional<String> reason) {}

    /** Compares the inputs of the stage's existing output with the current inputs. */
    public Decision decide(Stage stage, Stamp now) throws IOException {
        if (!Files.exists(stage.stampFile())) {
            return new Decision(true, Optional.empty());
        }
        ObjectNode json;
        try {
            json = JsonFile.read(stage.stampFile(), "");
        } catch (InvalidInputException e) {
            return run(stage.title() + ": " + shown(stage.stampFile()) + " cannot be read, so it starts over.");
        }
        if (json.path("formatVersion").asInt() != FORMAT_VERSION) {
            return run(stage.title() + ": " + shown(stage.stampFile())
                    + " was written by another version of the plugin, so it starts over.");
        }
        List<String> changes = now.changesSince(new Stamp(texts(json.path("fields"))));
        if (!changes.isEmpty()) {
            return run(stage.title() + ": " + named(changes) + " changed.");
        }
        SortedMap<String, String> recorded = texts(json.path("outputs"));
        SortedMap<String, String> present = outputs(stage);
        if (!recorded.equals(present)) {
            return run(stage.title() + ": " + damaged(recorded, present) + " since, so it starts over.");
        }
        return new Decision(false, Optional.empty());
    }

    /** Records the inputs of the stage's current output. */
    public void record(Stage stage, Stamp stamp) throws IOException {
        ObjectNode json = JsonFile.object().put("formatVersion", FORMAT_VERSION);
        putAll(json.putObject("fields"), stamp.fields());
        putAll(json.putObject("outputs"), outputs(stage));
        JsonFile.write(stage.stampFile(), json);
        digests.save();
    }

    /**
     * The stamp of a stage's output.
     *
     * @throws InvalidInputException if it has not run, or its stamp cannot be read
     */
    public static Stamp read(Stage stage, String advice) {
        return new Stamp(texts(JsonFile.read(stage.stampFile(), advice).path("fields")));
    }

    /**
     * Damage to a stage's files since it wrote them: {@code target/ft/x was modified}.
     *
     * @throws InvalidInputException if the stage has not run, or its stamp cannot be read
     */
    public Optional<String> damage(Stage stage, String advice) throws IOException {
        SortedMap<String, String> recorded =
                texts(JsonFile.read(stage.stampFile(), advice).path("outputs"));
        SortedMap<String, String> present = outputs(stage);
        return recorded.equals(present) ? Optional.empty() : Optional.of(damaged(recorded, present));
    }

    /**
     * Damage to some of a stage's files since it wrote them: {@code target/ft/x was modified}.
     *
     * @throws InvalidInputException if the stage has not run, or its stamp cannot be read
     */
    public Optional<String> damage(Stage stage, List<Path> files, String advice) throws IOException {
        SortedMap<String, String> recorded =
                texts(JsonFile.read(stage.stampFile(), advice).path("outputs"));
        SortedMap<String, String> present = outputs(stage);
        Set<String> shown = files.stream().map(this::shown).collect(Collectors.toSet());
        recorded.keySet().retainAll(shown);
        present.keySet().retainAll(shown);
        return recorded.equals(present) ? Optional.empty() : Optional.of(damaged(recorded, present));
    }

    private SortedMap<String, String> outputs(Stage stage) throws IOException {
        SortedMap<String, String> outputs = new TreeMap<>();
        for (Path file : stage.files()) {
            outputs.put(shown(file), stage.digest(file, digests));
        }
        return outputs;
    }

    private String shown(Path file) {
        return FineTune.shown(project, file);
    }

    private static Decision run(String reason) {
        return new Decision(true, Optional.of(reason));
    }

    /** Describes some of the changes and how many more there are. */
    public static String named(List<String> changes) {
        // The user's settings come before files and versions.
        List<String> ordered = changes.stream()
                .sorted(Comparator.comparing((String change) -> !change.contains(" -> ")))
                .toList();
        return ordered.size() <= CHANGES_NAMED
                ? String.join(", ", ordered)
                : String.join(", ", ordered.subList(0, CHANGES_NAMED - 1)) + " and "
                        + (ordered.size() - CHANGES_NAMED + 1) + " more";
    }

    private static String damaged(Map<String, String> recorded, Map<String, String> present) {
        for (Map.Entry<String, String> output : recorded.entrySet()) {
            String digest = present.get(output.getKey());
            if (digest == null) {
                return output.getKey() + " has disappeared";
            }
            if (!digest.equals(output.getValue())) {
                return output.getKey() + " was modified";
            }
        }
        return present.keySet().stream()
                        .filter(path -> !recorded.containsKey(path))
                        .findFirst()
                        .orElseThrow()
                + " was added";
    }

    private static void putAll(ObjectNode node, Map<String, String> values) {
        values.forEach((name, value) -> node.put(name, value));
    }

    private static SortedMap<String, String> texts(JsonNode node) {
        SortedMap<String, String> texts = new TreeMap<>();
        node.forEachEntry((name, value) -> texts.put(name, value.asText()));
        return texts;
    }
}
