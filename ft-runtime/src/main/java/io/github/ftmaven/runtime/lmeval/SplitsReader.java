package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Splits;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code dataset_path}, {@code dataset_kwargs} and the splits with their documents. */
final class SplitsReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TaskKeys declaration;
    private final TaskReader.Settings settings;
    private final Functions functions;

    private SplitsReader(TaskKeys declaration, TaskReader.Settings settings, Functions functions) {
        this.declaration = declaration;
        this.settings = settings;
        this.functions = functions;
    }

    /**
     * Reads a task's data, and adds mistakes to the declaration.
     *
     * @return null after a mistake
     */
    static @Nullable Splits read(TaskKeys declaration, TaskReader.Settings settings, Functions functions) {
        return new SplitsReader(declaration, settings, functions).read();
    }

    private @Nullable Splits read() {
        String format = declaration.text("dataset_path", "");
        String at = declaration.place("dataset_path");
        if (!format.equals("json") && !format.equals("csv")) {
            declaration.mistake(
                    at,
                    format.isEmpty()
                            ? "dataset_path is missing: json or csv, with the files in dataset_kwargs.data_files."
                            : "dataset_path: '" + format + "' is not supported, only json and csv with local files in"
                                    + " dataset_kwargs.data_files."
                                    + (format.equals("parquet") ? " Convert Parquet to JSON lines first." : ""));
            return null;
        }
        ObjectNode arguments = declaration.mapping("dataset_kwargs");
        declaration.checkKeys(arguments, "dataset_kwargs", Set.of("data_files", "trust_remote_code"));
        JsonNode files = arguments.path("data_files");
        if (files.isTextual() || files.isArray()) {
            files = JSON.objectNode().set("train", files); // the package datasets' default name
        }
        if (!files.isObject() || files.isEmpty()) {
            declaration.mistake(
                    declaration.place("dataset_kwargs"),
                    "dataset_kwargs.data_files must list the files of each split, such as {test: data/test.jsonl}.");
            return null;
        }
        Map<String, List<Path>> paths = new LinkedHashMap<>();
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> split : files.properties()) {
            String where = declaration.place(files, split.getKey());
            List<String> names = declaration.texts(split.getValue(), where, "data_files." + split.getKey());
            if (names.isEmpty() || names.contains("")) {
                declaration.mistake(where, "data_files." + split.getKey() + " is empty.");
                return null;
            }
            List<Path> found = new ArrayList<>();
            for (String name : names) {
                FileNames.require(where + ": ", name);
                try {
                    found.add(dataFile(name));
                } catch (InvalidPathException e) {
                    declaration.mistake(
                            where, "data_files." + split.getKey() + " is not a valid path: " + e.getReason() + ".");
                    return null;
                }
            }
            paths.put(split.getKey(), found);
            shown.put(split.getKey(), names);
        }
        String evaluated = named("test_split", paths);
        String validation = named("validation_split", paths);
        String training = named("training_split", paths);
        String examples = named("fewshot_split", paths);
        JsonNode configured = declaration.mapping("fewshot_config").path("split");
        if (!configured.isMissingNode() && !configured.isNull()) {
            String split =
                    declaration.text(configured, declaration.place("fewshot_config"), "fewshot_config.split", "");
            checkSplit("fewshot_config.split", split, declaration.place("fewshot_config"), paths);
            examples = split;
        }
        evaluated = evaluated == null ? validation : evaluated;
        if (evaluated == null) {
            declaration.mistake(
                    declaration.place("task"), "test_split or validation_split is missing: the evaluated split.");
            return null;
        }
        String drawn =
                examples != null ? examples : training != null ? training : validation != null ? validation : evaluated;
        Map<String, TaskDocuments> documents = new LinkedHashMap<>();
        try {
            for (String split : List.of(evaluated, drawn)) {
                List<Path> own = paths.get(split);
                List<String> names = shown.get(split);
                if (own != null && names != null && !documents.containsKey(split)) {
                    TaskDocuments read = settings.documents().get(List.of(format, own));
                    if (read == null) {
                        read = format.equals("json") ? TaskDocuments.json(own, names) : TaskDocuments.csv(own, names);
                        settings.documents().put(List.of(format, own), read);
                    }
                    documents.put(split, functions.processed(read));
                    declaration.files().addAll(own);
                }
            }
        } catch (InvalidInputException e) {
            declaration.mistake(declaration.place("dataset_kwargs"), String.valueOf(e.getMessage()));
            return null;
        }
        String test = declaration.textOrNull("test_split");
        boolean same = examples == null ? test == null : examples.equals(test);
        return documents.containsKey(evaluated) && documents.containsKey(drawn)
                ? new Splits(documents, evaluated, drawn, settings.limit(), same)
                : null;
    }

    /**
     * Finds a data file: beside the file that names it, which may be a template; otherwise, beside the task's own
     * file; otherwise, from the project's directory, in which lm-eval would run.
     */
    private Path dataFile(String name) {
        List<Path> places = List.of(
                declaration.origin("dataset_kwargs").resolveSibling(name).normalize(),
                declaration.file().resolveSibling(name).normalize(),
                settings.base().resolve(name).normalize());
        return places.stream().filter(Files::isRegularFile).findFirst().orElse(places.get(0));
    }

    private @Nullable String named(String key, Map<String, List<Path>> splits) {
        String split = declaration.textOrNull(key);
        if (split != null) {
            checkSplit(key, split, declaration.place(key), splits);
        }
        return split;
    }

    private void checkSplit(String key, String split, String at, Map<String, List<Path>> splits) {
        if (!splits.containsKey(split)) {
            declaration.mistake(
                    at,
                    key + ": data_files has no split '" + split + "'." + Suggestion.didYouMean(split, splits.keySet()));
        }
    }
}
