package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.python.PythonRegex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as its YAML declares it, with all defaults; names are lm-eval's.
 *
 * @param name {@code task}
 * @param alias {@code task_alias}
 * @param place the place of its declaration, for messages
 * @param json the declaration with its includes
 */
record TaskConfig(
        String name,
        @Nullable String alias,
        String place,
        Splits splits,
        Prompting prompting,
        FewShot fewShot,
        Requests requests,
        Scoring scoring,
        ObjectNode json)
        implements TaskNode {
    /** The kind of the requests to the model. */
    enum OutputType {
        GENERATE_UNTIL,
        MULTIPLE_CHOICE,
        LOGLIKELIHOOD,
        LOGLIKELIHOOD_ROLLING
    }

    /**
     * The data.
     *
     * @param documents the documents of each split
     * @param evaluated the evaluated split: {@code test_split}, or else {@code validation_split}
     * @param shown the split that examples are drawn from; null if the task lists them
     * @param limit the most documents; null for all
     * @param sameSplit whether {@code fewshot_split} and {@code test_split} are the same, or both absent
     */
    record Splits(
            Map<String, TaskDocuments> documents,
            String evaluated,
            @Nullable String shown,
            @Nullable Integer limit,
            boolean sameSplit) {
        Splits {
            documents = Map.copyOf(documents);
        }
    }

    /** How a document becomes a prompt. */
    record Prompting(
            @Nullable Field text,
            Field target,
            @Nullable Field choice,
            @Nullable Field description,
            @Nullable Field prefix,
            String targetDelimiter,
            String fewShotDelimiter) {}

    /**
     * The examples before a question.
     *
     * @param count {@code num_fewshot}
     * @param firstN whether the first ones are used instead of random ones
     * @param samples examples listed in the task itself; null for examples from a split
     * @param prefix the examples' {@code gen_prefix}
     */
    record FewShot(
            int count,
            boolean firstN,
            @Nullable List<Map<Object, Object>> samples,
            @Nullable Field text,
            @Nullable Field target,
            @Nullable Field choice,
            @Nullable Field prefix,
            String targetDelimiter,
            String delimiter) {}

    /** The requests to the model for each document. */
    record Requests(OutputType type, Generation generation, int repeats) {}

    /** {@code generation_kwargs}. */
    record Generation(List<String> until, int maxTokens, ObjectNode json) {}

    /**
     * How answers become scores.
     *
     * @param results computes scores if the metrics do not define them; null otherwise
     */
    record Scoring(List<FilterPipeline> filters, List<Metric> metrics, BuiltIn.@Nullable Results results) {
        Scoring {
            filters = List.copyOf(filters);
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * An entry of {@code metric_list}.
     *
     * @param ignored {@code regexes_to_ignore}
     */
    record Metric(
            MetricKind kind,
            List<PythonRegex> ignored,
            boolean ignoreCase,
            boolean ignorePunctuation,
            boolean ignoreNumbers) {}
}
