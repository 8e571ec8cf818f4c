package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.FilterPipeline.Filter;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import io.github.ftmaven.runtime.python.PythonRegex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code filter_list}. */
final class FilterReader {
    private static final String LAST = "take_first";
    private static final Map<String, Set<String>> KEYS = Map.of(
            "regex",
            Set.of("regex_pattern", "group_select", "fallback"),
            "multi_choice_regex",
            Set.of(
                    "regex_pattern",
                    "group_select",
                    "fallback",
                    "ignore_case",
                    "ignore_punctuation",
                    "regexes_to_ignore"),
            LAST,
            Set.of(),
            "take_first_k",
            Set.of("k"),
            "majority_vote",
            Set.of(),
            "lowercase",
            Set.of(),
            "uppercase",
            Set.of(),
            "map",
            Set.of("mapping_dict", "default_value"),
            "remove_whitespace",
            Set.of());

    private final TaskKeys declaration;

    private FilterReader(TaskKeys declaration) {
        this.declaration = declaration;
    }

    /** Reads a task's pipelines, and adds mistakes to the declaration. */
    static List<FilterPipeline> read(TaskKeys declaration, OutputType type) {
        JsonNode list = declaration.get("filter_list");
        String at = declaration.place("filter_list");
        if (list.isMissingNode()) {
            return List.of(FilterPipeline.DEFAULT);
        }
        if (type != OutputType.GENERATE_UNTIL) {
            declaration.mistake(at, "filter_list: only generate_until tasks can filter answers.");
        }
        if (!list.isArray() || list.isEmpty() || !list.valueStream().allMatch(JsonNode::isObject)) {
            declaration.mistake(at, "filter_list must be a list of mappings with name and filter.");
            return List.of(FilterPipeline.DEFAULT);
        }
        FilterReader reader = new FilterReader(declaration);
        List<FilterPipeline> pipelines = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            FilterPipeline pipeline = reader.pipeline(list.get(i), declaration.place(list, i));
            if (pipelines.stream().anyMatch(other -> other.name().equals(pipeline.name()))) {
                declaration.mistake(
                        declaration.place(list, i), "filter_list: duplicate name '" + pipeline.name() + "'.");
            }
            pipelines.add(pipeline);
        }
        return pipelines.isEmpty() ? List.of(FilterPipeline.DEFAULT) : pipelines;
    }

    /** Reads Python patterns; unsupported ones are mistakes. */
    static List<PythonRegex> patterns(TaskKeys declaration, List<String> sources, String at) {
        List<PythonRegex> patterns = new ArrayList<>();
        for (String source : sources) {
            try {
                patterns.add(PythonRegex.compile(source));
            } catch (IllegalArgumentException e) {
                declaration.mistake(at, "the pattern " + source + " is not valid: " + e.getMessage() + ".");
            }
        }
        return patterns;
    }

    private FilterPipeline pipeline(JsonNode entry, String at) {
        declaration.checkKeys(entry, "filter_list", Set.of("name", "filter"));
        String name = declaration.text(entry.path("name"), at, "filter_list: name", "");
        if (name.isBlank()) {
            declaration.mistake(at, "filter_list: name is missing.");
        } else if (name.codePoints().anyMatch(c -> c == '/' || c == ',' || Character.isISOControl(c))) {
            declaration.mistake(
                    at,
                    "filter_list: a name must not contain slashes, commas or control characters, because metric names contain it.");
        }
        JsonNode steps = entry.path("filter");
        if (!steps.isArray() || steps.isEmpty() || !steps.valueStream().allMatch(JsonNode::isObject)) {
            declaration.mistake(at, "filter_list: filter must be a list of mappings, such as {function: take_first}.");
            return new FilterPipeline(name, List.of());
        }
        List<Filter> filters = new ArrayList<>();
        String last = "";
        for (int i = 0; i < steps.size(); i++) {
            String place = declaration.place(steps, i);
            last = declaration.text(steps.get(i).path("function"), place, "function", "");
            if (last.equals(LAST) && i < steps.size() - 1) {
                declaration.mistake(
                        place, "filter_list: take_first must come last, because it leaves only one answer.");
            }
            Filter filter = filter(steps.get(i), last, place);
            if (filter != null) {
                filters.add(filter);
            }
        }
        if (!last.equals(LAST)) {
            declaration.mistake(at, "filter_list: '" + name + "' must end with take_first, to leave one answer.");
        }
        return new FilterPipeline(name, filters);
    }

    private @Nullable Filter filter(JsonNode step, String function, String at) {
        Set<String> keys = KEYS.get(function);
        if (keys == null) {
            declaration.mistake(
                    at,
                    function.isEmpty()
                            ? "filter_list: function is missing."
                            : "filter_list: the function '" + function + "' is not supported."
                                    + Suggestion.didYouMean(function, KEYS.keySet()));
            return null;
        }
        step.fieldNames().forEachRemaining(key -> {
            if (!key.equals("function") && !keys.contains(key)) {
                declaration.mistake(
                        declaration.place(step, key),
                        "unknown key '" + key + "' in the filter " + function + "." + Suggestion.didYouMean(key, keys));
            }
        });
        return switch (function) {
            case "regex" -> regex(step, at);
            case "multi_choice_regex" -> {
                RegexFilter regex = regex(step, at);
                List<String> ignored = declaration.texts(step.path("regexes_to_ignore"), at, "regexes_to_ignore");
                yield regex == null
                        ? null
                        : new RegexFilter.MultiChoice(
                                regex,
                                declaration.flag(step.path("ignore_case"), at, "ignore_case", false),
                                declaration.flag(step.path("ignore_punctuation"), at, "ignore_punctuation", false),
                                patterns(declaration, ignored, at));
            }
            case "take_first_k" -> Filter.takeFirst(declaration.whole(step.path("k"), at, "k", 1, 1));
            case "majority_vote" -> Filter.majority();
            case "lowercase" -> Filter.each(text -> text.toLowerCase(Locale.ROOT));
            case "uppercase" -> Filter.each(text -> text.toUpperCase(Locale.ROOT));
            case "remove_whitespace" -> Filter.each(PythonText::strip);
            case "map" -> map(step, at);
            default -> null;
        };
    }

    private @Nullable RegexFilter regex(JsonNode step, String at) {
        String source = declaration.text(step.path("regex_pattern"), at, "regex_pattern", RegexFilter.DEFAULT_PATTERN);
        List<PythonRegex> pattern = patterns(declaration, List.of(source), at);
        int group = declaration.whole(step.path("group_select"), at, "group_select", 0, Integer.MIN_VALUE);
        String fallback = declaration.text(step.path("fallback"), at, "fallback", RegexFilter.DEFAULT_FALLBACK);
        return pattern.isEmpty() ? null : new RegexFilter(pattern.get(0), group, fallback);
    }

    private Filter map(JsonNode step, String at) {
        Map<String, String> mapping = new LinkedHashMap<>();
        if (!step.path("mapping_dict").isObject()) {
            declaration.mistake(at, "map: mapping_dict must map answers to texts.");
        }
        step.path("mapping_dict")
                .properties()
                .forEach(entry -> mapping.put(
                        entry.getKey(), declaration.text(entry.getValue(), at, "mapping_dict." + entry.getKey(), "")));
        if (!step.path("default_value").isTextual()) {
            declaration.mistake(at, "map: default_value must be text, which replaces any other answer.");
        }
        String otherwise = step.path("default_value").asText("");
        return Filter.each(text -> mapping.getOrDefault(text, otherwise));
    }
}
