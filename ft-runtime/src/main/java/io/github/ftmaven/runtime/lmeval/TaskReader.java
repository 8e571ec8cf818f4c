package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Generation;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Prompting;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Splits;
import io.github.ftmaven.runtime.template.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one task. What lm-eval does by Python, or from elsewhere, is refused by name. */
final class TaskReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_NEW_TOKENS = 256; // lm-eval's

    /** Keys, and why they are refused; the others are read. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("use_prompt", "promptsource's prompts are not supported. Write the template in doc_to_text."),
            Map.entry("process_docs", "is Python. Prepare the data before, or use a Jinja template."),
            Map.entry("process_results", "is Python. Use metric_list."),
            Map.entry("custom_dataset", "is Python. Name files in dataset_kwargs.data_files."),
            Map.entry("class", "is Python. Declare the task by its keys."),
            Map.entry("dataset_name", "names a part of a data set on a hub. Name files in dataset_kwargs.data_files."),
            Map.entry("doc_to_image", "images are not supported."),
            Map.entry("doc_to_audio", "audio is not supported."),
            Map.entry("unsafe_code", "answers that are run as code are not supported."),
            Map.entry("doc_to_decontamination_query", "decontamination is not supported."));

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
            "should_decontaminate",
            "gen_prefix",
            "metadata");
    private static final Set<String> FEWSHOT_KEYS =
            Set.of("sampler", "split", "samples", "fewshot_indices", "doc_to_text", "doc_to_target", "doc_to_choice");
    private static final Set<String> METRIC_KEYS = Set.of(
            "metric",
            "aggregation",
            "higher_is_better",
            "hf_evaluate",
            "regexes_to_ignore",
            "ignore_case",
            "ignore_punctuation",
            "ignore_numbers");
    private static final Set<String> GENERATION_KEYS =
            Set.of("until", "do_sample", "temperature", "top_p", "top_k", "max_gen_toks");

    private final Declaration declaration;
    private final String place;

    private TaskReader(Declaration declaration) {
        this.declaration = declaration;
        this.place = declaration.place("task");
    }

    /**
     * Reads a task; its mistakes are added to the declaration's.
     *
     * @param fewShot overrides {@code num_fewshot}; null for the task's own
     * @param limit how many documents are asked at most; null for all
     * @return null if a mistake leaves nothing to go on with
     */
    static @Nullable TaskConfig read(Declaration declaration, @Nullable Integer fewShot, @Nullable Integer limit) {
        return new TaskReader(declaration).task(fewShot, limit);
    }

    private @Nullable TaskConfig task(@Nullable Integer overridden, @Nullable Integer limit) {
        REFUSED.forEach((key, reason) -> {
            if (declaration.has(key)
                    && !declaration.get(key).equals(JSON.getNodeFactory().booleanNode(false))) {
                declaration.mistake(declaration.place(key), key + ": " + reason);
            }
        });
        declaration.without(REFUSED.keySet()).checkKeys(KEYS);
        if (declaration.flag(
                declaration.get("should_decontaminate"),
                declaration.place("should_decontaminate"),
                "should_decontaminate",
                false)) {
            declaration.mistake(declaration.place("should_decontaminate"), "decontamination is not supported.");
        }
        String name = declaration.text("task", "");
        checkName(name);
        OutputType type = outputType();
        Field target = declaration.field("doc_to_target");
        Field text = declaration.field("doc_to_text");
        if (target == null) {
            declaration.mistake(place, "doc_to_target is missing: what is expected of the model.");
        }
        if (text == null && type != OutputType.LOGLIKELIHOOD_ROLLING) {
            declaration.mistake(place, "doc_to_text is missing: what the model is asked.");
        }
        Field choice = declaration.field("doc_to_choice");
        if (choice == null && type == OutputType.MULTIPLE_CHOICE) {
            declaration.mistake(place, "doc_to_choice is missing: what a multiple_choice task chooses from.");
        }
        String delimiter = declaration.text("fewshot_delimiter", "\n\n");
        Generation generation = generation(type, delimiter);
        FewShot fewShot = fewShot(count(overridden));
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
                        declaration.has("description")
                                        && !declaration
                                                .get("description")
                                                .asText()
                                                .isEmpty()
                                ? declaration.field("description")
                                : null,
                        declaration.field("gen_prefix"),
                        declaration.text("target_delimiter", " "),
                        delimiter),
                fewShot,
                generation,
                declaration.whole("repeats", 1, 1),
                FilterReader.read(declaration, type),
                metrics(type),
                limit,
                json(fewShot, generation, type));
    }

    private void checkName(String name) {
        if (name.isBlank()) {
            declaration.mistake(place, "task is missing: the task's name.");
        } else if (name.contains("/") || name.contains(",")) {
            declaration.mistake(place, "task: a name has no slash and no comma.");
        } else if (Set.of("test", "suite", "retention").contains(name)) {
            declaration.mistake(place, "task: '" + name + "' is the name of something else in scores. Choose another.");
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

    private FewShot fewShot(int count) {
        JsonNode config = declaration.get("fewshot_config");
        String at = declaration.place("fewshot_config");
        if (!config.isMissingNode() && !config.isObject()) {
            declaration.mistake(at, "fewshot_config must be a mapping.");
        }
        declaration.checkKeys(config, "fewshot_config", FEWSHOT_KEYS);
        String sampler = declaration.text(config.path("sampler"), at, "fewshot_config.sampler", "default");
        if (!sampler.equals("default") && !sampler.equals("first_n")) {
            declaration.mistake(
                    declaration.place(config, "sampler"),
                    "fewshot_config.sampler: '" + sampler + "' is not supported, only default and first_n.");
        }
        List<Map<Object, Object>> samples = null;
        if (config.hasNonNull("samples")) {
            samples = new ArrayList<>();
            if (declaration.has("fewshot_split")) {
                declaration.mistake(
                        declaration.place("fewshot_split"),
                        "fewshot_split goes before fewshot_config.samples, which would not be used. Remove one.");
            }
            JsonNode given = config.path("samples");
            if (!given.isArray() || !given.valueStream().allMatch(JsonNode::isObject)) {
                declaration.mistake(
                        declaration.place(config, "samples"), "fewshot_config.samples must be a list of documents.");
            } else {
                for (JsonNode sample : given) {
                    samples.add(Columns.object(Values.of(sample)));
                }
            }
        }
        List<Integer> indices = new ArrayList<>();
        for (JsonNode index : config.path("fewshot_indices")) {
            indices.add(declaration.whole(
                    index, declaration.place(config, "fewshot_indices"), "fewshot_config.fewshot_indices", 0, 0));
        }
        return new FewShot(
                count,
                sampler.equals("first_n"),
                samples,
                List.copyOf(indices),
                declaration.field(config.path("doc_to_text"), at, "fewshot_config.doc_to_text"),
                declaration.field(config.path("doc_to_target"), at, "fewshot_config.doc_to_target"),
                declaration.field(config.path("doc_to_choice"), at, "fewshot_config.doc_to_choice"));
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
        JsonNode arguments = declaration.get("dataset_kwargs");
        declaration.checkKeys(arguments, "dataset_kwargs", Set.of("data_files", "trust_remote_code"));
        JsonNode files = arguments.path("data_files");
        if (!files.isObject()) {
            declaration.mistake(
                    declaration.place("dataset_kwargs"),
                    "dataset_kwargs.data_files must say the files of each split, as {test: data/test.jsonl}.");
            return null;
        }
        Map<String, List<Path>> paths = new LinkedHashMap<>();
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> split : files.properties()) {
            List<String> names = declaration.texts(
                    split.getValue(), declaration.place(files, split.getKey()), "data_files." + split.getKey());
            paths.put(
                    split.getKey(),
                    names.stream()
                            .map(each -> declaration.file().resolveSibling(each).normalize())
                            .toList());
            shown.put(split.getKey(), names);
        }
        String evaluated = named("test_split", paths);
        String validation = named("validation_split", paths);
        String training = named("training_split", paths);
        String examples = named("fewshot_split", paths);
        String configured = declaration.get("fewshot_config").path("split").textValue();
        if (configured != null && examples == null) {
            examples = configured;
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
                    documents.put(
                            split, format.equals("json") ? Documents.json(own, names) : Documents.csv(own, names));
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

    private @Nullable String named(String key, Map<String, List<Path>> splits) {
        String split = declaration.textOrNull(key);
        if (split != null && !splits.containsKey(split)) {
            declaration.mistake(
                    declaration.place(key),
                    key + ": data_files has no split '" + split + "'." + Suggestion.didYouMean(split, splits.keySet()));
        }
        return split;
    }

    private Generation generation(OutputType type, String delimiter) {
        JsonNode arguments = declaration.get("generation_kwargs");
        String at = declaration.place("generation_kwargs");
        declaration.checkKeys(arguments, "generation_kwargs", GENERATION_KEYS);
        if (type != OutputType.GENERATE_UNTIL && !arguments.isMissingNode()) {
            declaration.mistake(at, "generation_kwargs: only a generate_until task generates.");
        }
        boolean sampled = declaration.flag(arguments.path("do_sample"), at, "generation_kwargs.do_sample", false);
        boolean greedy = arguments.path("do_sample").isBoolean() && !sampled;
        if (sampled || (!greedy && arguments.path("temperature").asDouble(0) != 0)) {
            declaration.mistake(
                    declaration.place(arguments, sampled ? "do_sample" : "temperature"),
                    "generation_kwargs: sampling is not supported; answers are greedy. Set do_sample: false.");
        }
        List<String> until = arguments.hasNonNull("until")
                ? declaration.texts(arguments.path("until"), at, "generation_kwargs.until")
                : List.of(delimiter);
        int most = declaration.whole(
                arguments.path("max_gen_toks"), at, "generation_kwargs.max_gen_toks", MOST_NEW_TOKENS, 1);
        ObjectNode json = JSON.createObjectNode();
        if (arguments.isObject()) {
            json.setAll((ObjectNode) arguments.deepCopy());
            if (json.path("temperature").isNumber()) {
                json.put("temperature", json.path("temperature").doubleValue());
            }
        } else {
            json.put("do_sample", false).put("temperature", 0);
        }
        if (!json.has("until")) {
            ArrayNode ends = json.putArray("until");
            until.forEach(ends::add);
        }
        return new Generation(until, most, json);
    }

    private List<TaskConfig.Metric> metrics(OutputType type) {
        JsonNode list = declaration.get("metric_list");
        if (list.isMissingNode()) {
            return MetricKind.defaults(type).stream()
                    .map(kind -> new TaskConfig.Metric(kind, List.of(), false, false, false))
                    .toList();
        }
        List<TaskConfig.Metric> metrics = new ArrayList<>();
        if (!list.isArray()) {
            declaration.mistake(declaration.place("metric_list"), "metric_list must be a list of mappings.");
        }
        for (int i = 0; i < list.size(); i++) {
            TaskConfig.Metric metric = metric(list.get(i), declaration.place(list, i), type);
            if (metric != null) {
                metrics.add(metric);
            }
        }
        return metrics;
    }

    private TaskConfig.@Nullable Metric metric(JsonNode entry, String at, OutputType type) {
        String word = entry.path("metric").asText("");
        if (entry.path("hf_evaluate").asBoolean(false)) {
            declaration.mistake(at, "metric_list: hf_evaluate loads " + word + " from a hub, which is not supported.");
            return null;
        }
        MetricKind kind = MetricKind.of(word).orElse(null);
        List<String> known = Arrays.stream(MetricKind.values())
                .filter(each -> each.appliesTo(type))
                .map(MetricKind::word)
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
        declaration.checkKeys(entry, "metric_list", METRIC_KEYS);
        String aggregation = entry.path("aggregation").asText(kind.aggregation().word());
        if (!aggregation.equals(kind.aggregation().word())) {
            declaration.mistake(
                    declaration.place(entry, "aggregation"),
                    "metric_list: the aggregation of " + word + " is "
                            + kind.aggregation().word() + "; '" + aggregation + "' is not supported for it.");
        }
        if (entry.path("higher_is_better").asBoolean(kind.higherIsBetter()) != kind.higherIsBetter()) {
            declaration.mistake(
                    declaration.place(entry, "higher_is_better"),
                    "metric_list: higher_is_better of " + word + " is " + kind.higherIsBetter() + ".");
        }
        boolean regexes = entry.hasNonNull("regexes_to_ignore");
        List<String> ignored = declaration.texts(entry.path("regexes_to_ignore"), at, "regexes_to_ignore");
        if (kind != MetricKind.EXACT_MATCH
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
