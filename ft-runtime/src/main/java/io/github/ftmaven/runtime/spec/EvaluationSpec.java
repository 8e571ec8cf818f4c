package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured. */
public record EvaluationSpec(
        @Doc("The metrics to compute for each model.") List<Metric> metrics,

        @Doc("The baselines to compare the tuned model with.") @MayBeEmpty
        List<Baseline> baselines,

        @Inline SuiteSpec promptfoo,

        @Doc("A JSON Schema, of a draft from 4 to 2020-12, that an answer must match to count as json-valid.") @Nullable
        String schema,

        @Doc("A file of general text: the metric retention compares its loss before and after training.") @Nullable
        String retention,

        @Doc("Tasks of lm-evaluation-harness; their metrics are named TASK/METRIC, such as capitals/acc.") @MayBeEmpty
        List<HarnessTask> tasks,

        @Inline AnswersSpec answers,

        @Doc("Where the models answer: in a process on this machine, or on the cluster of runner.spark.")
        EvaluationRunner runner) {

    public EvaluationSpec {
        metrics = List.copyOf(metrics);
        baselines = List.copyOf(baselines);
        tasks = List.copyOf(tasks);
    }
}
