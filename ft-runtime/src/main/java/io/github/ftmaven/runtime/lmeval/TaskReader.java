package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Generation;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Prompting;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Splits;
import io.github.ftmaven.runtime.template.Values;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one task. What lm-eval does by Python, or from elsewhere, is refused by name. */
final class TaskReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_NEW_TOKENS = 256; // lm-eval's
    private static final int MOST_REPEATS = 1_000;
    private static final int LONGEST_NAME = 150;
    private static final String TEXT = "text: a template or a column's name";
    private static final Map<String, String> KINDS = Map.of(
            "doc_to_text", "text or a whole number: a template, a column's name, or a choice's number",
            "doc_to_target", "text, a whole number, or a list of them: a template, a column's name, or what is right",
            "doc_to_choice", "text, or a list or mapping of texts: a template, a column's name, or the choices");
    private static final String FORBIDDEN = "\\<>\"|?*";

    /** Keys, and why they are refused; the others are read. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("use_prompt", "promptsource's prompts are not supported. Write the template in doc_to_text."),
            Map.entry("custom_dataset", "is Python. Name files in dataset_kwargs.data_files."),
            Map.entry("class", "is Python. Declare the task by its keys."),
            Map.entry("doc_to_image", "images are not supported."),
            Map.entry("doc_to_audio", "audio is not supported."),
            Map.entry("unsafe_code", "answers that are run as code are not supported."));

    /** Keys that lm-eval takes and does nothing with. */
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
    private static final String INDICES = "fewshot_indices";
    private static final Set<String> FEWSHOT_KEYS = Set.of(
            "sampler",
            "split",
            "samples",
            "process_docs",
            "doc_to_text",
            "doc_to_target",
            "doc_to_choice",
            "gen_prefix",
            "target_delimiter",
            "fewshot_delimiter",
            INDICES);
    private static final Set<String> METRIC_KEYS = Set.of(
            "metric",
            "aggregation",
            "higher_is_better",
            "hf_evaluate",
            "regexes_to_ignore",
            "ignore_case",
            "ignore_punctuation",
            "ignore_numbers");

    /** What lm-eval passes to a metric that does not look at it: those of choices look at nothing. */
    private static final Set<String> INERT_OF_METRICS = Set.of("weight_by_size", "average");

    private static final Set<String> GENERATION_KEYS = Set.of(
            "until",
            "do_sample",
            "temperature",
            "top_p",
            "top_k",
            "max_gen_toks",
            "max_new_tokens",
            "max_tokens",
            "max_completion_tokens",
            "num_beams");
    private static final List<String> TOKEN_LIMITS =
            List.of("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens");

    /**
     * What a task is read with.
     *
     * @param fewShot overrides {@code num_fewshot}; null for the task's own
     * @param limit how many documents are asked at most; null for all
     * @param base where a harness would be started: the project's directory
     * @param documents files that were read before, by format and paths: a group's tasks often share them
     * @param notes hears of what has no effect
     */
    record Settings(
            @Nullable Integer fewShot,
            @Nullable Integer limit,
            Path base,
            Map<List<Object>, Documents> documents,
            Consumer<String> notes) {}

    private final Declaration declaration;
    private final Settings settings;
    private final Functions functions;
    private final String place;

    private TaskReader(Declaration declaration, Settings settings) {
        this.declaration = declaration;
        this.settings = settings;
        this.functions = new Functions(declaration);
        this.place = declaration.place("task");
    }

    /**
     * Reads a task; its mistakes are added to the declaration's.
     *
     * @return null if a mistake leaves nothing to go on with
     */
    static @Nullable TaskConfig read(Declaration declaration, Settings settings) {
        return new TaskReader(declaration, settings).task();
    }

    private @Nullable TaskConfig task() {
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
        Declaration known = declaration.without(REFUSED.keySet()).without(INERT);
        known.checkKeys(KEYS);
        functions.check(known.keys());
        declaration.flag("should_decontaminate");
        for (String key : List.of("metadata", "generation_kwargs", "fewshot_config", "dataset_kwargs")) {
            declaration.mapping(key);
        }
        declaration.texts(declaration.get("tag"), declaration.place("tag"), "tag");
        String name = declaration.text("task", "");
        checkName(declaration, "task", name);
        OutputType type = outputType();
        Field target = field("doc_to_target");
        Field text = field("doc_to_text");
        if (target == null && !declaration.has("doc_to_target")) {
            declaration.mistake(place, "doc_to_target is missing: what is expected of the model.");
        }
        if (!declaration.has("doc_to_text") && type != OutputType.LOGLIKELIHOOD_ROLLING) {
            declaration.mistake(place, "doc_to_text is missing: what the model is asked.");
        }
        Field choice = field("doc_to_choice");
        if (!declaration.has("doc_to_choice") && type == OutputType.MULTIPLE_CHOICE) {
            declaration.mistake(place, "doc_to_choice is missing: what a multiple_choice task chooses from.");
        }
        String delimiter = declaration.text("fewshot_delimiter", "\n\n");
        Generation generation = generation(type, delimiter);
        FewShot fewShot = fewShot(count(settings.fewShot()), delimiter);
        Splits splits = splits();
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
                type,
                splits,
                new Prompting(
                        text,
                        target,
                        choice,
                        declaration.get("description").equals(TextNode.valueOf("")) ? null : field("description"),
                        field("gen_prefix"),
                        declaration.text("target_delimiter", " "),
                        delimiter),
                fewShot,
                generation,
                repeats(),
                FilterReader.read(declaration, type),
                metrics(type),
                functions.results(),
                settings.limit(),
                json(fewShot, generation, type));
    }

    private @Nullable Field field(String key) {
        return field(declaration.get(key), declaration.place(key), key);
    }

    private @Nullable Field field(JsonNode value, String at, String key) {
        PythonFunction function = Declaration.function(value);
        if (function != null) {
            return functions
                    .value(key)
                    .map(known -> Field.of(declaration.named(at), key, known))
                    .orElse(null);
        }
        if (!value.isMissingNode() && !value.isNull() && !fits(key.replace("fewshot_config.", ""), value)) {
            declaration.mistake(
                    at, key + " must be " + KINDS.getOrDefault(key.replace("fewshot_config.", ""), TEXT) + ".");
            return null;
        }
        return declaration.field(value, at, key);
    }

    private static boolean fits(String key, JsonNode value) {
        boolean single = value.isTextual() || value.isIntegralNumber() || value.isBoolean();
        return switch (key) {
            case "doc_to_text" -> single;
            case "doc_to_target" ->
                single
                        || (value.isArray()
                                && !value.isEmpty()
                                && value.valueStream().allMatch(each -> each.isTextual() || each.isIntegralNumber()));
            case "doc_to_choice" ->
                value.isTextual()
                        || (value.isContainerNode()
                                && !value.isEmpty()
                                && value.valueStream().allMatch(JsonNode::isTextual));
            default -> value.isTextual();
        };
    }

    /** A name is part of a metric's, and of a file's. */
    static void checkName(Declaration declaration, String key, String name) {
        String at = declaration.place(key);
        if (name.isBlank()) {
            declaration.mistake(at, key + " is missing: the " + key + "'s name.");
        } else if (name.contains("/") || name.contains(",")) {
            declaration.mistake(at, key + ": a name has no slash and no comma.");
        } else if (name.length() > LONGEST_NAME
                || name.startsWith(".")
                || name.codePoints().anyMatch(c -> Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0)) {
            declaration.mistake(
                    at,
                    key + ": a name has at most " + LONGEST_NAME
                            + " characters, no dot in front, no control characters and none of " + FORBIDDEN + ".");
        } else if (Set.of("test", "suite", "retention").contains(name)) {
            declaration.mistake(at, key + ": '" + name + "' is the name of something else in scores. Choose another.");
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
                    "output_type: '" + word + "' is none of " + String.join(", ", known) + "."
                            + Suggestion.didYouMean(word, known));
            return OutputType.GENERATE_UNTIL;
        }
        return OutputType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** lm-eval never overrules a zero that a task itself declares. */
    private int count(@Nullable Integer overridden) {
        int own = declaration.whole("num_fewshot", 0, 0);
        if (overridden != null && declaration.has("num_fewshot") && own == 0 && overridden != 0) {
            declaration.mistake(
                    declaration.place("num_fewshot"),
                    "num_fewshot: the task itself says 0, which fewShot does not overrule. Remove one of the two.");
        }
        return overridden == null ? own : overridden;
    }

    /** Greedy answers to one question are the same each time, so that more of them tell nothing. */
    private int repeats() {
        int repeats = declaration.whole("repeats", 1, 1);
        if (repeats > MOST_REPEATS) {
            declaration.mistake(declaration.place("repeats"), "repeats must be at most " + MOST_REPEATS + ".");
            return 1;
        }
        return repeats;
    }

    private FewShot fewShot(int count, String delimiter) {
        ObjectNode config = declaration.mapping("fewshot_config");
        String at = declaration.place("fewshot_config");
        if (config.has(INDICES)) {
            declaration.mistake(
                    declaration.place(config, INDICES),
                    "fewshot_config.fewshot_indices has no effect in lm-eval 0.4.13. Write the documents in"
                            + " fewshot_config.samples, or put them into a split of their own.");
        }
        declaration.checkKeys(config, "fewshot_config", FEWSHOT_KEYS);
        String sampler = declaration.text(config.path("sampler"), at, "fewshot_config.sampler", "default");
        if (!sampler.equals("default") && !sampler.equals("first_n")) {
            declaration.mistake(
                    declaration.place(config, "sampler"),
                    "fewshot_config.sampler: '" + sampler + "' is not supported, only default and first_n.");
        }
        List<Map<Object, Object>> samples = null;
        if (config.hasNonNull("samples") && Declaration.function(config.path("samples")) == null) {
            samples = new ArrayList<>();
            if (declaration.has("fewshot_split") || config.hasNonNull("split")) {
                declaration.mistake(
                        declaration.place(config, "samples"),
                        "fewshot_split goes before fewshot_config.samples, which would not be used. Remove one.");
            }
            JsonNode given = config.path("samples");
            if (!given.isArray() || given.isEmpty() || !given.valueStream().allMatch(JsonNode::isObject)) {
                declaration.mistake(
                        declaration.place(config, "samples"), "fewshot_config.samples must be a list of documents.");
            } else {
                for (JsonNode sample : given) {
                    samples.add(Columns.object(Values.of(sample)));
                }
            }
        }
        return new FewShot(
                count,
                sampler.equals("first_n"),
                samples,
                field(config.path("doc_to_text"), at, "fewshot_config.doc_to_text"),
                field(config.path("doc_to_target"), at, "fewshot_config.doc_to_target"),
                field(config.path("doc_to_choice"), at, "fewshot_config.doc_to_choice"),
                config.has("gen_prefix")
                        ? field(config.path("gen_prefix"), at, "fewshot_config.gen_prefix")
                        : field("gen_prefix"),
                declaration.text(
                        config.path("target_delimiter"),
                        at,
                        "fewshot_config.target_delimiter",
                        declaration.text("target_delimiter", " ")),
                declaration.text(config.path("fewshot_delimiter"), at, "fewshot_config.fewshot_delimiter", delimiter));
    }

    private @Nullable Splits splits() {
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
            files = JSON.createObjectNode().set("train", files); // as the package datasets calls what has no name
        }
        if (!files.isObject() || files.isEmpty()) {
            declaration.mistake(
                    declaration.place("dataset_kwargs"),
                    "dataset_kwargs.data_files must say the files of each split, as {test: data/test.jsonl}.");
            return null;
        }
        Map<String, List<Path>> paths = new LinkedHashMap<>();
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> split : files.properties()) {
            String where = declaration.place(files, split.getKey());
            List<String> names = declaration.texts(split.getValue(), where, "data_files." + split.getKey());
            if (names.isEmpty() || names.contains("")) {
                declaration.mistake(where, "data_files." + split.getKey() + " names no file.");
                return null;
            }
            List<Path> found = new ArrayList<>();
            for (String name : names) {
                FileNames.require(where + ": ", name);
                try {
                    found.add(dataFile(name));
                } catch (InvalidPathException e) {
                    declaration.mistake(where, "data_files." + split.getKey() + " is no path: " + e.getReason() + ".");
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
            declaration.mistake(place, "test_split is missing, and so is validation_split: what is asked.");
            return null;
        }
        String drawn =
                examples != null ? examples : training != null ? training : validation != null ? validation : evaluated;
        Map<String, Documents> documents = new LinkedHashMap<>();
        try {
            for (String split : List.of(evaluated, drawn)) {
                List<Path> own = paths.get(split);
                List<String> names = shown.get(split);
                if (own != null && names != null && !documents.containsKey(split)) {
                    Documents read = settings.documents().get(List.of(format, own));
                    if (read == null) {
                        read = format.equals("json") ? Documents.json(own, names) : Documents.csv(own, names);
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
                ? new Splits(documents, evaluated, drawn, same)
                : null;
    }

    /**
     * A file of data: beside the file that names it, which may be a template; else beside the task's own, else from the
     * project's directory, in which lm-eval would be started.
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

    private Generation generation(OutputType type, String delimiter) {
        ObjectNode arguments = declaration.mapping("generation_kwargs");
        String at = declaration.place("generation_kwargs");
        declaration.checkKeys(arguments, "generation_kwargs", GENERATION_KEYS);
        if (type != OutputType.GENERATE_UNTIL && declaration.has("generation_kwargs")) {
            declaration.mistake(at, "generation_kwargs: only a generate_until task generates.");
        }
        boolean sampled = declaration.flag(arguments.path("do_sample"), at, "generation_kwargs.do_sample", false);
        boolean greedy = arguments.path("do_sample").isBoolean() && !sampled;
        double temperature = declaration.number(arguments, "generation_kwargs", "temperature");
        declaration.number(arguments, "generation_kwargs", "top_p");
        declaration.number(arguments, "generation_kwargs", "top_k");
        if (sampled || (!greedy && temperature != 0)) {
            declaration.mistake(
                    declaration.place(arguments, sampled ? "do_sample" : "temperature"),
                    "generation_kwargs: sampling is not supported; answers are greedy. Set do_sample: false.");
        }
        List<String> until = arguments.hasNonNull("until")
                ? declaration.texts(arguments.path("until"), at, "generation_kwargs.until")
                : List.of(delimiter);
        if (until.contains("") && arguments.hasNonNull("until")) {
            declaration.mistake(at, "generation_kwargs.until: an empty text ends nothing. Remove it.");
        }
        int most = mostTokens(arguments, at);
        if (declaration.whole(arguments.path("num_beams"), at, "generation_kwargs.num_beams", 1, 1) != 1) {
            declaration.mistake(
                    declaration.place(arguments, "num_beams"),
                    "generation_kwargs: searching with several beams is not supported; answers are greedy.");
        }
        ObjectNode json = JSON.createObjectNode();
        if (declaration.has("generation_kwargs")) {
            json.setAll(arguments.deepCopy());
            if (json.path("temperature").isNumber()) {
                json.put("temperature", json.path("temperature").doubleValue());
            }
        } else {
            json.put("temperature", 0.0).put("do_sample", false).put("max_gen_toks", MOST_NEW_TOKENS);
        }
        if (!json.has("until")) {
            ArrayNode ends = json.putArray("until");
            until.forEach(ends::add);
        }
        return new Generation(until.stream().filter(end -> !end.isEmpty()).toList(), most, json);
    }

    private int mostTokens(ObjectNode arguments, String at) {
        List<String> given = TOKEN_LIMITS.stream().filter(arguments::hasNonNull).toList();
        if (given.size() > 1) {
            declaration.mistake(at, "generation_kwargs: " + String.join(", ", given) + " say one thing; keep one.");
        }
        String key = given.isEmpty() ? TOKEN_LIMITS.get(0) : given.get(0);
        return declaration.whole(arguments.path(key), at, "generation_kwargs." + key, MOST_NEW_TOKENS, 1);
    }

    private List<TaskConfig.Metric> metrics(OutputType type) {
        JsonNode list = declaration.get("metric_list");
        if (list.isMissingNode()) {
            return MetricKind.defaults(type).stream()
                    .map(kind -> new TaskConfig.Metric(kind, List.of(), false, false, false))
                    .toList();
        }
        List<TaskConfig.Metric> metrics = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            declaration.mistake(declaration.place("metric_list"), "metric_list must be a list of mappings.");
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            String at = declaration.place(list, i);
            TaskConfig.Metric metric = metric(list.get(i), at, type);
            if (metric != null && metrics.stream().anyMatch(other -> other.kind() == metric.kind())) {
                declaration.mistake(at, "metric_list: " + metric.kind().word() + " stands twice.");
            } else if (metric != null) {
                metrics.add(metric);
            }
        }
        BuiltIn.Results results = functions.results();
        if (results != null
                && !metrics.stream().allMatch(metric -> results.metrics().contains(metric.kind()))) {
            declaration.mistake(
                    declaration.place("metric_list"),
                    "metric_list: this process_results measures "
                            + String.join(
                                    ", ",
                                    results.metrics().stream()
                                            .map(MetricKind::word)
                                            .toList()) + " alone.");
        }
        return metrics;
    }

    private TaskConfig.@Nullable Metric metric(JsonNode entry, String at, OutputType type) {
        if (!entry.isObject()) {
            declaration.mistake(at, "metric_list must be a list of mappings, as {metric: acc}.");
            return null;
        }
        if (Declaration.function(entry.path("metric")) != null) {
            return null; // said by the functions
        }
        String word = declaration.text(entry.path("metric"), at, "metric_list: metric", "");
        boolean looks = type == OutputType.GENERATE_UNTIL;
        if (declaration.flag(entry.path("hf_evaluate"), at, "hf_evaluate", false) && looks) {
            declaration.mistake(at, "metric_list: hf_evaluate loads " + word + " from a hub, which is not supported.");
            return null;
        }
        MetricKind kind = Functions.aggregated(word, entry.path("aggregation"))
                .or(() -> MetricKind.of(word).filter(known -> known.printed().equals(word)))
                .orElse(null);
        List<String> known = Arrays.stream(MetricKind.values())
                .filter(each -> each.appliesTo(type))
                .map(MetricKind::printed)
                .distinct()
                .toList();
        if (kind == null || !kind.appliesTo(type)) {
            declaration.mistake(
                    at,
                    "metric_list: " + (word.isEmpty() ? "metric is missing" : "'" + word + "' is not supported")
                            + "; of a "
                            + type.name().toLowerCase(Locale.ROOT) + " task there are " + String.join(", ", known) + "."
                            + Suggestion.didYouMean(word, known));
            return null;
        }
        Set<String> keys = new HashSet<>(METRIC_KEYS);
        keys.addAll(looks ? Set.of() : INERT_OF_METRICS);
        declaration.checkKeys(entry, "metric_list", keys);
        if (Declaration.function(entry.path("aggregation")) == null) {
            String aggregation = declaration.text(
                    entry.path("aggregation"),
                    at,
                    "aggregation",
                    kind.aggregation().word());
            if (!aggregation.equals(kind.aggregation().word())) {
                declaration.mistake(
                        declaration.place(entry, "aggregation"),
                        "metric_list: the aggregation of " + word + " is "
                                + kind.aggregation().word() + "; '" + aggregation + "' is not supported for it.");
            }
        }
        boolean higher =
                declaration.flag(entry.path("higher_is_better"), at, "higher_is_better", kind.higherIsBetter());
        if (higher != kind.higherIsBetter()) {
            declaration.mistake(
                    declaration.place(entry, "higher_is_better"),
                    "metric_list: higher_is_better of " + word + " is " + kind.higherIsBetter() + ".");
        }
        boolean regexes = entry.hasNonNull("regexes_to_ignore");
        List<String> ignored = declaration.texts(entry.path("regexes_to_ignore"), at, "regexes_to_ignore");
        if (looks
                && kind != MetricKind.EXACT_MATCH
                && (regexes
                        || entry.has("ignore_case")
                        || entry.has("ignore_punctuation")
                        || entry.has("ignore_numbers"))) {
            declaration.mistake(at, "metric_list: " + word + " ignores nothing; only exact_match does.");
        }
        return new TaskConfig.Metric(
                kind,
                FilterReader.patterns(declaration, ignored, at),
                declaration.flag(entry.path("ignore_case"), at, "ignore_case", false),
                declaration.flag(entry.path("ignore_punctuation"), at, "ignore_punctuation", false),
                declaration.flag(entry.path("ignore_numbers"), at, "ignore_numbers", false));
    }

    /** What lm-eval's results show under {@code configs}. */
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
