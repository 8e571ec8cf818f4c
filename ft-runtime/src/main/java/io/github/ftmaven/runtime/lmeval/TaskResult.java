package io.github.ftmaven.runtime.lmeval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's result.
 *
 * @param samples for each filter's name, the results of all documents
 * @param figures for each {@code metric,filter}, its value and standard error
 * @param size the number of documents
 */
record TaskResult(TaskConfig task, Map<String, List<Sample>> samples, Map<String, Figure> figures, int size) {
    /**
     * A value.
     *
     * @param error its standard error; null for N/A
     */
    record Figure(double value, @Nullable Double error) {}

    /**
     * Aggregates samples.
     *
     * @param bootstrap the number of resamples for standard errors
     */
    static TaskResult of(TaskConfig task, Map<String, List<Sample>> samples, int size, int bootstrap) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        samples.forEach((filter, documents) -> {
            for (TaskConfig.Metric metric : task.scoring().metrics()) {
                Aggregation aggregation = metric.kind().aggregation();
                List<double[]> scores = new ArrayList<>();
                documents.forEach(sample ->
                        scores.add(Objects.requireNonNull(sample.scores().get(metric.kind()))));
                figures.put(
                        metric.kind().printed() + "," + filter,
                        new Figure(aggregation.of(scores), aggregation.standardError(scores, bootstrap)));
            }
        });
        return new TaskResult(task, samples, figures, size);
    }

    /** The number of evaluated documents. */
    int asked() {
        return samples.values().iterator().next().size();
    }
}
