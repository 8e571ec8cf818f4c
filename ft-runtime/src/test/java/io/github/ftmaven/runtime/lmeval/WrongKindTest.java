package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong kind of value at each key is one error with a place and the task's name, and never a crash. */
class WrongKindTest {
    private static final Map<String, String> KINDS = kinds();

    /** Keys of a filter that is not the last one. */
    private static final Set<String> BEHIND = Set.of("regex_pattern", "group_select", "fallback");

    /** What each key may be; every other kind is an error. */
    private static final Map<String, Set<String>> ALLOWED = allowed();

    @TempDir
    private Path directory;

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("text", "word");
        kinds.put("blank", "''");
        kinds.put("digits", "'5'");
        kinds.put("whole", "1");
        kinds.put("negative", "-7");
        kinds.put("large", "1000000000");
        kinds.put("huge", "99999999999999999999999999");
        kinds.put("real", "1.5");
        kinds.put("nan", ".nan");
        kinds.put("infinite", ".inf");
        kinds.put("true", "true");
        kinds.put("none", "[]");
        kinds.put("texts", "[a, b]");
        kinds.put("numbers", "[1, 2]");
        kinds.put("lists", "[[a], [b]]");
        kinds.put("mappings", "[{a: b}]");
        kinds.put("empty", "{}");
        kinds.put("mapping", "{a: b}");
        kinds.put("control", "\"a\\0b\"");
        kinds.put("path", "../../x");
        kinds.put("function", "!function utils.f");
        kinds.put("other tag", "!!python/object:os.system x");
        kinds.put("deep", "[".repeat(45) + "]".repeat(45));
        return kinds;
    }

    private static Map<String, Set<String>> allowed() {
        Set<String> texts = Set.of("text", "blank", "digits", "control", "path");
        Set<String> columns = Set.of("text", "digits", "control", "path");
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        allowed.put("task", Set.of("text", "digits"));
        allowed.put("task_alias", texts);
        allowed.put("tag", Set.of("text", "blank", "digits", "control", "path", "none", "texts"));
        allowed.put("include", Set.of("none"));
        allowed.put("dataset_path", Set.of());
        allowed.put("dataset_kwargs", Set.of());
        allowed.put("dataset_kwargs.data_files", Set.of());
        allowed.put("dataset_kwargs.data_files.test", Set.of());
        allowed.put("test_split", Set.of());
        allowed.put("fewshot_split", Set.of());
        allowed.put("description", texts);
        allowed.put("target_delimiter", texts);
        allowed.put("fewshot_delimiter", texts);
        allowed.put("gen_prefix", texts);
        allowed.put("doc_to_text", Set.of("text", "blank", "control", "path", "whole", "true"));
        allowed.put("doc_to_choice", Set.of("texts"));
        allowed.put("doc_to_target", Set.of("whole", "true", "numbers", "texts"));
        allowed.put("num_fewshot", Set.of("whole"));
        allowed.put("repeats", Set.of("whole"));
        allowed.put("output_type", Set.of());
        allowed.put("metric_list", Set.of());
        allowed.put("metric_list.[]", Set.of());
        allowed.put("metric_list.[].metric", Set.of());
        allowed.put("metric_list.[].aggregation", Set.of());
        allowed.put("metric_list.[].higher_is_better", Set.of("true"));
        allowed.put("generation_kwargs", Set.of());
        allowed.put("filter_list", Set.of());
        allowed.put("fewshot_config", Set.of("empty"));
        allowed.put("fewshot_config.sampler", Set.of());
        allowed.put("fewshot_config.split", Set.of());
        allowed.put("fewshot_config.samples", Set.of("mappings"));
        Set<String> single =
                Set.of("text", "blank", "digits", "control", "path", "whole", "negative", "large", "huge", "true");
        allowed.put("fewshot_config.doc_to_text", single);
        allowed.put(
                "fewshot_config.doc_to_target",
                Stream.concat(single.stream(), Stream.of("texts", "numbers")).collect(Collectors.toSet()));
        allowed.put("fewshot_config.target_delimiter", texts);
        allowed.put("metadata", Set.of("empty", "mapping"));
        allowed.put("should_decontaminate", Set.of("true"));
        allowed.put("process_docs", Set.of());
        allowed.put("process_results", Set.of());
        allowed.put("use_prompt", Set.of());
        allowed.put("unsafe_code", Set.of());
        allowed.put("G filter_list", Set.of());
        allowed.put("G filter_list.[]", Set.of());
        allowed.put("G filter_list.[].name", Set.of("text", "digits"));
        allowed.put("G filter_list.[].filter", Set.of());
        allowed.put("G filter_list.[].filter.[]", Set.of());
        allowed.put("G filter_list.[].filter.[].function", Set.of());
        allowed.put("G filter_list.[].filter.[].regex_pattern", texts);
        allowed.put("G filter_list.[].filter.[].group_select", Set.of("whole", "negative", "large"));
        allowed.put("G filter_list.[].filter.[].fallback", texts);
        allowed.put("G generation_kwargs", Set.of("empty"));
        allowed.put("G generation_kwargs.until", Set.of("text", "digits", "control", "path", "none", "texts"));
        allowed.put("G generation_kwargs.max_gen_toks", Set.of("whole", "large"));
        allowed.put("G generation_kwargs.temperature", Set.of());
        allowed.put(
                "G doc_to_target",
                Stream.concat(single.stream(), Stream.of("texts", "numbers")).collect(Collectors.toSet()));
        allowed.put("group", Set.of());
        allowed.put("R group", Set.of("text", "digits"));
        allowed.put("R group_alias", texts);
        allowed.put("R task", Set.of());
        allowed.put("R task.[]", Set.of());
        allowed.put("R aggregate_metric_list", Set.of("none"));
        allowed.put("R aggregate_metric_list.[]", Set.of());
        allowed.put("R aggregate_metric_list.[].metric", columns);
        allowed.put("R aggregate_metric_list.[].weight_by_size", Set.of("true"));
        allowed.put(
                "R aggregate_metric_list.[].filter_list", Set.of("text", "digits", "control", "path", "none", "texts"));
        allowed.put("R metadata", Set.of("empty", "mapping"));
        return allowed;
    }

    /** A mapping with a value at a path, in the flow style, so that it fits one line. */
    private static String at(List<String> path, String value) {
        if (path.isEmpty()) {
            return value;
        }
        String within = at(path.subList(1, path.size()), value);
        if (path.get(0).equals("[]")) {
            return "[" + within + (path.size() > 1 && BEHIND.contains(path.get(1)) ? ", {function: take_first}" : "")
                    + "]";
        }
        String beside = beside(path);
        return "{" + beside + (beside.isEmpty() ? "" : ", ") + path.get(0) + ": " + within + "}";
    }

    /** What else must stand beside a key for it to be the only mistake. */
    private static String beside(List<String> path) {
        return switch (path.get(0)) {
            case "aggregation", "higher_is_better", "weight_by_size", "filter_list" -> "metric: acc";
            case "regex_pattern", "group_select", "fallback" -> "function: regex";
            case "filter" -> "name: n";
            case "name" -> "filter: [{function: take_first}]";
            default -> "";
        };
    }

    private String message(String key, String value) throws IOException {
        boolean generates = key.startsWith("G ");
        boolean group = key.startsWith("R ");
        List<String> path =
                new ArrayList<>(List.of(key.replaceFirst("^[GR] ", "").split("\\.")));
        Map<String, String> keys = new LinkedHashMap<>();
        if (group) {
            keys.put("group", "g");
            keys.put("task", "[u]");
        } else {
            keys.put("task", "t");
            keys.put("dataset_path", "json");
            keys.put("dataset_kwargs", "{data_files: {test: d.jsonl}}");
            keys.put("test_split", "test");
            keys.put("output_type", generates ? "generate_until" : "multiple_choice");
            keys.put("doc_to_text", "'{{q}}'");
            keys.put("doc_to_target", generates ? "q" : "y");
            if (!generates) {
                keys.put("doc_to_choice", "[a, b, c]");
            }
        }
        keys.put(path.get(0), at(path.subList(1, path.size()), value));
        StringBuilder yaml = new StringBuilder();
        keys.forEach((name, own) -> yaml.append(name).append(": ").append(own).append('\n'));
        Files.writeString(directory.resolve("t.yaml"), yaml);
        try {
            TaskSet set = TaskSet.read(List.of(new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", null, null)));
            set.check();
            return "";
        } catch (InvalidInputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void namesPlaceAndTask() throws IOException {
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": \"z\", \"y\": 1}\n");
        Files.writeString(directory.resolve("u.yaml"), """
                task: u
                dataset_path: json
                dataset_kwargs: {data_files: {test: d.jsonl}}
                test_split: test
                output_type: multiple_choice
                doc_to_text: q
                doc_to_choice: [a, b]
                doc_to_target: y
                """);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (Map.Entry<String, Set<String>> key : ALLOWED.entrySet()) {
            for (Map.Entry<String, String> kind : KINDS.entrySet()) {
                String message;
                try {
                    message = message(key.getKey(), kind.getValue());
                } catch (RuntimeException | StackOverflowError e) {
                    wrong.add(key.getKey() + ": " + kind.getValue() + " crashes: " + e + " at " + e.getStackTrace()[0]);
                    continue;
                }
                refused += message.isEmpty() ? 0 : 1;
                if (message.isEmpty() != key.getValue().contains(kind.getKey())) {
                    wrong.add(key.getKey() + ": " + kind.getValue() + " (" + kind.getKey() + ") -> " + message);
                }
                for (String line : message.lines().toList()) {
                    boolean placed = line.matches("t\\.yaml:\\d+:\\d+: .*") || line.matches("d\\.jsonl:\\d+: .*");
                    boolean named = line.contains(": task ")
                            || line.contains(": group ")
                            || line.contains("include")
                            || line.contains("the tag ")
                            || line.contains(": not valid YAML");
                    boolean clean = !line.matches(".*(java\\.|jackson|Exception|ObjectNode|POJO|@[0-9a-f]{6}).*");
                    if (!placed || !named || !clean) {
                        wrong.add(key.getKey() + ": " + kind.getValue() + " -> " + line);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).isGreaterThan(1_000);
    }
}
