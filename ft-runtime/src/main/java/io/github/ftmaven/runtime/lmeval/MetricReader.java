package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Metric;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code metric_list}. */
final class MetricReader {
    private static final Set<String> KEYS = Set.of(
            "metric",
            "aggregation",
            "higher_is_better",
            "hf_evaluate",
            "regexes_to_ignore",
            "ignore_case",
            "ignore_punctuation",
            "ignore_numbers");

    /** Arguments that lm-eval passes to metrics that ignore them: metrics of choices ignore all. */
    private static final Set<String> INERT = Set.of("weight_by_size", "average");

    private final TaskKeys declaration;
    private final OutputType type;
    private final BuiltIn.@Nullable Results results;

    private MetricReader(TaskKeys declaration, OutputType type, BuiltIn.@Nullable Results results) {
        this.declaration = declaration;
        this.type = type;
        this.results = results;
    }

    /**
     * Reads a task's metrics, and adds mistakes to the declaration.
     *
     * @param results the task's {@code process_results}; null for none
     */
    static List<Metric> read(TaskKeys declaration, OutputType type, BuiltIn.@Nullable Results results) {
        return new MetricReader(declaration, type, results).read();
    }

    private List<Metric> read() {
        JsonNode list = declaration.get("metric_list");
        if (list.isMissingNode()) {
            return MetricKind.defaults(type).stream()
                    .map(kind -> new Metric(kind, List.of(), false, false, false))
                    .toList();
        }
        List<Metric> metrics = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            declaration.mistake(declaration.place("metric_list"), "metric_list must be a list of mappings.");
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            String at = declaration.place(list, i);
            Metric metric = metric(list.get(i), at);
            if (metric != null && metrics.stream().anyMatch(other -> other.kind() == metric.kind())) {
                declaration.mistake(
                        at, "metric_list: duplicate metric " + metric.kind().word() + ".");
            } else if (metric != null) {
                metrics.add(metric);
            }
        }
        if (results != null
                && !metrics.stream().allMatch(metric -> results.metrics().contains(metric.kind()))) {
            declaration.mistake(
                    declaration.place("metric_list"),
                    "metric_list: this process_results only computes "
                            + String.join(
                                    ", ",
                                    results.metrics().stream()
                                            .map(MetricKind::word)
                                            .toList()) + ".");
        }
        return metrics;
    }

    private @Nullable Metric metric(JsonNode entry, String at) {
        if (!entry.isObject()) {
            declaration.mistake(at, "metric_list must be a list of mappings, such as {metric: acc}.");
            return null;
        }
        if (TaskKeys.function(entry.path("metric")) != null) {
            return null; // the functions report this
        }
        String word = declaration.text(entry.path("metric"), at, "metric_list: metric", "");
        boolean looks = type == OutputType.GENERATE_UNTIL;
        if (declaration.flag(entry.path("hf_evaluate"), at, "hf_evaluate", false) && looks) {
            declaration.mistake(
                    at, "metric_list: hf_evaluate downloads " + word + " from a hub, which is not supported.");
            return null;
        }
        MetricKind kind = Functions.aggregated(word, entry.path("aggregation"))
                .or(() -> MetricKind.of(word).filter(known -> known.printed().equals(word)))
                .orElse(null);
        List<String> known = Arrays.stream(MetricKind.values())
                .filter(each -> each.appliesTo(type))
                .map(MetricKind::printed)
                .distinct()
                .toList();
        if (kind == null || !kind.appliesTo(type)) {
            declaration.mistake(
                    at,
                    "metric_list: " + (word.isEmpty() ? "metric is missing" : "'" + word + "' is not supported")
                            + "; a "
                            + type.name().toLowerCase(Locale.ROOT) + " task supports " + String.join(", ", known) + "."
                            + Suggestion.didYouMean(word, known));
            return null;
        }
        Set<String> keys = new HashSet<>(KEYS);
        keys.addAll(looks ? Set.of() : INERT);
        declaration.checkKeys(entry, "metric_list", keys);
        if (TaskKeys.function(entry.path("aggregation")) == null) {
            String aggregation = declaration.text(
                    entry.path("aggregation"),
                    at,
                    "aggregation",
                    kind.aggregation().word());
            if (!aggregation.equals(kind.aggregation().word())) {
                declaration.mistake(
                        declaration.place(entry, "aggregation"),
                        "metric_list: the aggregation of " + word + " is "
                                + kind.aggregation().word() + "; '" + aggregation + "' is not supported for it.");
            }
        }
        boolean higher =
                declaration.flag(entry.path("higher_is_better"), at, "higher_is_better", kind.higherIsBetter());
        if (higher != kind.higherIsBetter()) {
            declaration.mistake(
                    declaration.place(entry, "higher_is_better"),
                    "metric_list: higher_is_better of " + word + " is " + kind.higherIsBetter() + ".");
        }
        boolean regexes = entry.hasNonNull("regexes_to_ignore");
        List<String> ignored = declaration.texts(entry.path("regexes_to_ignore"), at, "regexes_to_ignore");
        if (looks
                && kind != MetricKind.EXACT_MATCH
                && (regexes
                        || entry.has("ignore_case")
                        || entry.has("ignore_punctuation")
                        || entry.has("ignore_numbers"))) {
            declaration.mistake(at, "metric_list: " + word + " cannot ignore anything; only exact_match can.");
        }
        return new Metric(
                kind,
                FilterReader.patterns(declaration, ignored, at),
                declaration.flag(entry.path("ignore_case"), at, "ignore_case", false),
                declaration.flag(entry.path("ignore_punctuation"), at, "ignore_punctuation", false),
                declaration.flag(entry.path("ignore_numbers"), at, "ignore_numbers", false));
    }
}
