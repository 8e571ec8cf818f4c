package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a task leaves to Python: known functions are taken, others refused. */
final class Functions {
    private static final Set<String> VALUES = Set.of("doc_to_text", "doc_to_target", "doc_to_choice");
    private static final Map<String, String> ADVICE = Map.of(
            "process_docs", "Apply it to the data beforehand, or say it as templates in doc_to_text and its like.",
            "process_results", "Use the metrics of metric_list.",
            "metric_list", "Use a metric and an aggregation by its name.",
            "filter_list", "Use a filter by its name.",
            "fewshot_config", "Say it as a Jinja template, or list the examples in fewshot_config.samples.",
            "custom_dataset", "Name files in dataset_kwargs.data_files.");
    private static final String TEMPLATE = "Say it as a Jinja template.";

    private final TaskKeys declaration;
    private final Map<String, BuiltIn> known = new HashMap<>();

    Functions(TaskKeys declaration) {
        this.declaration = declaration;
    }

    /** Looks up the functions of some keys; those that are not known are mistakes. */
    void check(Set<String> keys) {
        for (String key : keys) {
            JsonNode value = declaration.get(key);
            PythonFunction function = TaskKeys.function(value);
            BuiltIn builtIn = function == null ? null : BuiltIns.of(function).orElse(null);
            if (builtIn != null && fits(key, builtIn)) {
                known.put(key, builtIn);
            } else if (key.equals("fewshot_config") && function == null) {
                examples(value);
            } else if (key.equals("metric_list") && function == null) {
                value.forEach(this::metric);
            } else {
                declaration.refuseFunctions(key, value, advice(key));
            }
        }
        for (String key : List.of("process_docs", "process_results")) {
            if (declaration.has(key) && TaskKeys.function(declaration.get(key)) == null) {
                declaration.mistake(declaration.place(key), key + " must be a !function. " + advice(key));
            }
        }
    }

    /** Examples are made by the functions that make the questions; others are refused. */
    private void examples(JsonNode config) {
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            PythonFunction function = TaskKeys.function(entry.getValue());
            PythonFunction own = TaskKeys.function(declaration.get(entry.getKey()));
            boolean same = function != null
                    && own != null
                    && known.containsKey(entry.getKey())
                    && own.name().equals(function.name())
                    && own.directory().equals(function.directory());
            if (!same) {
                declaration.refuseFunctions(
                        "fewshot_config." + entry.getKey(), entry.getValue(), advice("fewshot_config"));
            }
        }
    }

    private void metric(JsonNode entry) {
        for (Map.Entry<String, JsonNode> part : entry.properties()) {
            if (!part.getKey().equals("aggregation")
                    || aggregated(entry.path("metric").asText(), part.getValue())
                            .isEmpty()) {
                declaration.refuseFunctions("metric_list: " + part.getKey(), part.getValue(), advice("metric_list"));
            }
        }
    }

    /** The metric that a known aggregation makes of one. */
    static Optional<MetricKind> aggregated(String metric, JsonNode aggregation) {
        PythonFunction function = TaskKeys.function(aggregation);
        return function != null
                        && metric.equals(MetricKind.F1.word())
                        && BuiltIns.of(function).orElse(null) instanceof BuiltIn.Aggregated known
                ? Optional.of(known.kind())
                : Optional.empty();
    }

    private static String advice(String key) {
        return ADVICE.getOrDefault(key, TEMPLATE) + " Built in are the functions of lm-eval's own tasks "
                + BuiltIns.known() + ": with their Python file beside the task, or by their full name.";
    }

    private static boolean fits(String key, BuiltIn builtIn) {
        return key.equals("process_docs")
                ? builtIn instanceof BuiltIn.Docs
                : key.equals("process_results")
                        ? builtIn instanceof BuiltIn.Results
                        : VALUES.contains(key) && builtIn instanceof BuiltIn.Value;
    }

    /** The function at a {@code doc_to_*}, also one of {@code fewshot_config}. */
    Optional<Function<Map<Object, Object>, Object>> value(String key) {
        return known.get(key.replace("fewshot_config.", "")) instanceof BuiltIn.Value value
                ? Optional.of(value.of())
                : Optional.empty();
    }

    BuiltIn.@Nullable Results results() {
        return known.get("process_results") instanceof BuiltIn.Results results ? results : null;
    }

    /**
     * What {@code process_docs} makes of rows.
     *
     * @throws InvalidInputException if a row lacks what it takes, or none is left
     */
    TaskDocuments processed(TaskDocuments documents) {
        if (!(known.get("process_docs") instanceof BuiltIn.Docs docs)) {
            return documents;
        }
        List<String> sources = new ArrayList<>();
        List<Map<Object, Object>> rows = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            try {
                Map<Object, Object> row = docs.row().apply(documents.rows().get(i));
                if (row != null) {
                    sources.add(documents.sources().get(i));
                    rows.add(row);
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        documents.sources().get(i) + ": process_docs: " + e.getMessage() + ".", e);
            }
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    documents.sources().get(0) + " and the other rows are all left out by process_docs.");
        }
        return new TaskDocuments(sources, rows);
    }
}
