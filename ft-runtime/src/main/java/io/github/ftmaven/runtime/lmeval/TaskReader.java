package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Generation;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Prompting;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Requests;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Scoring;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Splits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one task. Python code and remote data are rejected with an error that names the key. */
final class TaskReader {
    private static final int MOST_REPEATS = 1_000;
    private static final int LONGEST_NAME = 150;
    private static final String FORBIDDEN = "\\<>\"|?*";

    /** Rejected keys, with the reason; the others are read. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("use_prompt", "promptsource's prompts are not supported. Write the template in doc_to_text."),
            Map.entry("custom_dataset", "Python is not supported. Name files in dataset_kwargs.data_files."),
            Map.entry("class", "Python is not supported. Declare the task by its keys."),
            Map.entry("doc_to_image", "images are not supported."),
            Map.entry("doc_to_audio", "audio is not supported."),
            Map.entry("unsafe_code", "running answers as code is not supported."));

    /** Keys that lm-eval accepts but ignores. */
    private static final Set<String> INERT =
            Set.of("should_decontaminate", "doc_to_decontamination_query", "dataset_name", "task_list");

    private static final Set<String> KEYS = Set.of(
            "task",
            "task_alias",
            "tag",
            "dataset_path",
            "dataset_kwargs",
            "training_split",
            "validation_split",
            "test_split",
            "fewshot_split",
            "doc_to_text",
            "doc_to_target",
            "doc_to_choice",
            "description",
            "target_delimiter",
            "fewshot_delimiter",
            "fewshot_config",
            "num_fewshot",
            "metric_list",
            "output_type",
            "generation_kwargs",
            "repeats",
            "filter_list",
            "process_docs",
            "process_results",
            "gen_prefix",
            "metadata");

    /**
     * Settings for reading tasks.
     *
     * @param fewShot overrides {@code num_fewshot}; null for the task's own
     * @param limit the most documents per task; null for all
     * @param base the directory in which lm-eval would run: the project's
     * @param documents cache of data files, by format and paths: a group's tasks often share them
     * @param notes receives notes about keys without effect
     */
    record Settings(
            @Nullable Integer fewShot,
            @Nullable Integer limit,
            Path base,
            Map<List<Object>, TaskDocuments> documents,
            Consumer<String> notes) {}

    private final TaskKeys declaration;
    private final Settings settings;
    private final Functions functions;
    private final String place;

    private TaskReader(TaskKeys declaration, Settings settings) {
        this.declaration = declaration;
        this.settings = settings;
        this.functions = new Functions(declaration);
        this.place = declaration.place("task");
    }

    /**
     * Reads a task, and adds mistakes to the declaration.
     *
     * @return null if a mistake prevents further work
     */
    static @Nullable TaskConfig read(TaskKeys declaration, Settings settings) {
        return new TaskReader(declaration, settings).task();
    }

    private @Nullable TaskConfig task() {
        checkKeys();
        String name = declaration.text("task", "");
        checkName(declaration, "task", name);
        OutputType type = outputType();
        FieldReader fields = new FieldReader(declaration, functions);
        Field target = fields.read("doc_to_target");
        Field text = fields.read("doc_to_text");
        if (target == null && !declaration.has("doc_to_target")) {
            declaration.mistake(place, "doc_to_target is missing: the expected answer.");
        }
        if (!declaration.has("doc_to_text") && type != OutputType.LOGLIKELIHOOD_ROLLING) {
            declaration.mistake(place, "doc_to_text is missing: the question to the model.");
        }
        Field choice = fields.read("doc_to_choice");
        if (!declaration.has("doc_to_choice") && type == OutputType.MULTIPLE_CHOICE) {
            declaration.mistake(place, "doc_to_choice is missing: the choices of a multiple_choice task.");
        }
        String delimiter = declaration.text("fewshot_delimiter", "\n\n");
        Generation generation = GenerationReader.read(declaration, type, delimiter);
        FewShot fewShot = FewShotReader.read(declaration, fields, settings.fewShot(), delimiter);
        Splits splits = SplitsReader.read(declaration, settings, functions);
        if (splits == null || target == null) {
            return null;
        }
        if (fewShot.count() > 0 && fewShot.samples() == null && splits.shown() == null) {
            declaration.mistake(
                    declaration.place("num_fewshot"), "num_fewshot: there is no split to draw examples from.");
        }
        return new TaskConfig(
                name,
                declaration.textOrNull("task_alias"),
                place,
                splits,
                new Prompting(
                        text,
                        target,
                        choice,
                        declaration.get("description").equals(TextNode.valueOf("")) ? null : fields.read("description"),
                        fields.read("gen_prefix"),
                        declaration.text("target_delimiter", " "),
                        delimiter),
                fewShot,
                new Requests(type, generation, repeats()),
                new Scoring(
                        FilterReader.read(declaration, type),
                        MetricReader.read(declaration, type, functions.results()),
                        functions.results()),
                json(fewShot, generation, type));
    }

    private void checkKeys() {
        for (Map.Entry<String, String> refused : new TreeMap<>(REFUSED).entrySet()) {
            String key = refused.getKey();
            boolean off =
                    declaration.get(key).isBoolean() && !declaration.get(key).booleanValue();
            if (declaration.has(key) && !off) {
                declaration.mistake(declaration.place(key), key + ": " + refused.getValue());
            }
        }
        for (String key : new TreeSet<>(INERT)) {
            if (declaration.has(key)) {
                settings.notes().accept(declaration.place(key) + ": " + key + " has no effect, as in lm-eval.");
            }
        }
        TaskKeys known = declaration.without(REFUSED.keySet()).without(INERT);
        known.checkKeys(KEYS);
        functions.check(known.keys());
        declaration.flag("should_decontaminate");
        for (String key : List.of("metadata", "generation_kwargs", "fewshot_config", "dataset_kwargs")) {
            declaration.mapping(key);
        }
        declaration.texts(declaration.get("tag"), declaration.place("tag"), "tag");
    }

    /** A name becomes part of metric and file names. */
    static void checkName(TaskKeys declaration, String key, String name) {
        String at = declaration.place(key);
        if (name.isBlank()) {
            declaration.mistake(at, key + " is missing: the " + key + "'s name.");
        } else if (name.contains("/") || name.contains(",")) {
            declaration.mistake(at, key + ": a name must not contain slashes or commas.");
        } else if (name.length() > LONGEST_NAME
                || name.startsWith(".")
                || name.codePoints().anyMatch(c -> Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0)) {
            declaration.mistake(
                    at,
                    key + ": a name must have at most " + LONGEST_NAME
                            + " characters, no leading dot, no control characters and none of " + FORBIDDEN + ".");
        } else if (Set.of("test", "suite", "retention").contains(name)) {
            declaration.mistake(at, key + ": '" + name + "' is reserved in scores. Choose another name.");
        }
    }

    private OutputType outputType() {
        String word = declaration.text("output_type", "generate_until");
        List<String> known = Arrays.stream(OutputType.values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(word)) {
            declaration.mistake(
                    declaration.place("output_type"),
                    "output_type: '" + word + "' is not one of " + String.join(", ", known) + "."
                            + Suggestion.didYouMean(word, known));
            return OutputType.GENERATE_UNTIL;
        }
        return OutputType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Greedy answers to one question are identical, so more repeats add nothing. */
    private int repeats() {
        int repeats = declaration.whole("repeats", 1, 1);
        if (repeats > MOST_REPEATS) {
            declaration.mistake(declaration.place("repeats"), "repeats must be at most " + MOST_REPEATS + ".");
            return 1;
        }
        return repeats;
    }

    /** The content of {@code configs} in lm-eval's results. */
    private ObjectNode json(FewShot fewShot, Generation generation, OutputType type) {
        ObjectNode json = declaration.json();
        json.put("num_fewshot", fewShot.count());
        json.put("output_type", type.name().toLowerCase(Locale.ROOT));
        if (type == OutputType.GENERATE_UNTIL) {
            json.set("generation_kwargs", generation.json());
        }
        return json;
    }
}
