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

/** Resolves a task's Python functions: supported ones are replaced, others rejected. */
final class Functions {
    private static final Set<String> VALUES = Set.of("doc_to_text", "doc_to_target", "doc_to_choice");
    private static final Map<String, String> ADVICE = Map.of(
            "process_docs", "Apply it to the data beforehand, or use templates in doc_to_text and similar keys.",
            "process_results", "Use the metrics of metric_list.",
            "metric_list", "Use a built-in metric and aggregation.",
            "filter_list", "Use a built-in filter.",
            "fewshot_config", "Use a Jinja template, or list the examples in fewshot_config.samples.",
            "custom_dataset", "Name files in dataset_kwargs.data_files.");
    private static final String TEMPLATE = "Use a Jinja template.";

    private final TaskKeys declaration;
    private final Map<String, BuiltIn> known = new HashMap<>();

    Functions(TaskKeys declaration) {
        this.declaration = declaration;
    }

    /** Looks up the functions of some keys; unsupported ones are mistakes. */
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

    /** Few-shot examples use the functions of the questions; other functions are rejected. */
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

    /** The metric of a supported aggregation. */
    static Optional<MetricKind> aggregated(String metric, JsonNode aggregation) {
        PythonFunction function = TaskKeys.function(aggregation);
        return function != null
                        && metric.equals(MetricKind.F1.word())
                        && BuiltIns.of(function).orElse(null) instanceof BuiltIn.Aggregated known
                ? Optional.of(known.kind())
                : Optional.empty();
    }

    private static String advice(String key) {
        return ADVICE.getOrDefault(key, TEMPLATE) + " The built-in functions are those of lm-eval's own tasks "
                + BuiltIns.known() + ", given by their Python file beside the task or by their full name.";
    }

    private static boolean fits(String key, BuiltIn builtIn) {
        return key.equals("process_docs")
                ? builtIn instanceof BuiltIn.Docs
                : key.equals("process_results")
                        ? builtIn instanceof BuiltIn.Results
                        : VALUES.contains(key) && builtIn instanceof BuiltIn.Value;
    }

    /** The function of a {@code doc_to_*}, also within {@code fewshot_config}. */
    Optional<Function<Map<Object, Object>, Object>> value(String key) {
        return known.get(key.replace("fewshot_config.", "")) instanceof BuiltIn.Value value
                ? Optional.of(value.of())
                : Optional.empty();
    }

    BuiltIn.@Nullable Results results() {
        return known.get("process_results") instanceof BuiltIn.Results results ? results : null;
    }

    /**
     * Applies {@code process_docs} to rows.
     *
     * @throws InvalidInputException if a row is incomplete, or none is left
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
                    documents.sources().get(0) + " and all other rows are removed by process_docs.");
        }
        return new TaskDocuments(sources, rows);
    }
}
