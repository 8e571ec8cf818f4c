package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.python.PythonRegex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task, as its YAML declares it, with every default filled in; names are lm-eval's.
 *
 * @param name {@code task}
 * @param alias {@code task_alias}
 * @param place where it is declared, for messages
 * @param results how scores are made where the metrics do not say it themselves; null where they do
 * @param json the declaration, includes resolved
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

    /** What is asked of the model. */
    enum OutputType {
        GENERATE_UNTIL,
        MULTIPLE_CHOICE,
        LOGLIKELIHOOD,
        LOGLIKELIHOOD_ROLLING
    }

    /**
     * The data.
     *
     * @param documents by the name of a split
     * @param evaluated the split that is asked: {@code test_split}, else {@code validation_split}
     * @param shown the split that examples are drawn from; null where they are given
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
     * @param firstN whether they are the first ones, and not drawn
     * @param samples examples given in the task itself; null for those of a split
     * @param prefix {@code gen_prefix} of examples
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
