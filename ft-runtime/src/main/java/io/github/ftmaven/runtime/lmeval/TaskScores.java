package io.github.ftmaven.runtime.lmeval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Names the metrics of tasks as scores: {@code TASK/METRIC}, or {@code TASK/METRIC,FILTER} for a filter other than
 * {@code none}. The score of a document has the metric's name if the metric is a mean. Otherwise the parts of its
 * aggregation have that name, followed by {@code #} and their own.
 */
public final class TaskScores {
    private static final String PART = "#";

    private TaskScores() {}

    /** The name of a metric. */
    static String name(String task, MetricKind kind, String filter) {
        return task + "/" + kind.word() + (filter.equals("none") ? "" : "," + filter);
    }

    /** A document's scores. */
    static Map<String, Double> of(String metric, MetricKind kind, double[] parts) {
        Map<String, Double> scores = new LinkedHashMap<>();
        List<String> names = kind.aggregation().parts();
        for (int i = 0; i < names.size(); i++) {
            scores.put(score(metric, names.get(i)), parts[i]);
        }
        return scores;
    }

    private static String score(String metric, String part) {
        return part.isEmpty() ? metric : metric + PART + part;
    }

    /**
     * Computes a metric from some documents.
     *
     * @param metric its name
     * @param documents the scores of each document
     * @return empty if it is not a task's metric, or a document lacks its scores
     */
    public static OptionalDouble of(String metric, List<Map<String, Double>> documents) {
        Optional<MetricKind> kind = kind(metric);
        if (kind.isEmpty() || documents.isEmpty()) {
            return OptionalDouble.empty();
        }
        Aggregation aggregation = kind.get().aggregation();
        List<String> names =
                aggregation.parts().stream().map(part -> score(metric, part)).toList();
        List<double[]> scores = new ArrayList<>();
        for (Map<String, Double> document : documents) {
            if (!document.keySet().containsAll(names)) {
                return OptionalDouble.empty();
            }
            scores.add(names.stream()
                    .mapToDouble(name -> Objects.requireNonNull(document.get(name)))
                    .toArray());
        }
        return OptionalDouble.of(aggregation.of(scores));
    }

    /** Whether lower values of a task's metric are better; false for other metrics. */
    public static boolean lowerIsBetter(String metric) {
        return kind(metric).filter(kind -> !kind.higherIsBetter()).isPresent();
    }

    private static Optional<MetricKind> kind(String metric) {
        int slash = metric.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : MetricKind.of(metric.substring(slash + 1).split(",", 2)[0]);
    }
}
