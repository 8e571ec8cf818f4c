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
 * @param results computes scores if the metrics do not define them; null otherwise
 * @param json the declaration with its includes
 */
record TaskConfig(
        String name,
        @Nullable String alias,
        String place,
        OutputType outputType,
        Splits splits,
        Prompting prompting,
        FewShot fewShot,
        Generation generation,
        int repeats,
        List<FilterPipeline> filters,
        List<Metric> metrics,
        BuiltIn.@Nullable Results results,
        @Nullable Integer limit,
        ObjectNode json)
        implements TaskNode {
    TaskConfig {
        filters = List.copyOf(filters);
        metrics = List.copyOf(metrics);
    }

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
     * @param sameSplit whether {@code fewshot_split} and {@code test_split} are the same, or both absent
     */
    record Splits(
            Map<String, TaskDocuments> documents,
            String evaluated,
            @Nullable String shown,
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

    /** {@code generation_kwargs}. */
    record Generation(List<String> until, int maxTokens, ObjectNode json) {}

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
