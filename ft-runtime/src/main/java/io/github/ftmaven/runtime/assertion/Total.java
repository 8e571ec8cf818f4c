package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weighted mean of assertions. It passes if none failed or, with a threshold, if the mean reaches it. */
final class Total {
    private final @Nullable Double threshold;
    private final List<Graded> components = new ArrayList<>();
    private final Map<String, Double> namedSums = new LinkedHashMap<>();
    private final Map<String, Double> namedWeights = new LinkedHashMap<>();
    private final Map<String, Integer> contributions = new LinkedHashMap<>();
    private double sum;
    private double weights;
    private @Nullable String failure;
    private Usage usage = Usage.NONE;

    Total(@Nullable Double threshold) {
        this.threshold = threshold;
    }

    void add(Graded graded, @Nullable String metric, double weight) {
        sum += graded.score() * weight;
        weights += weight;
        usage = usage.plus(graded.usage());
        components.add(graded);
        components.addAll(graded.components());
        if (metric != null && !metric.isEmpty()) {
            name(metric, graded.score(), weight);
            if (!graded.isSet()) {
                contributions.merge(metric, 1, Integer::sum);
            }
        }
        graded.named().counts().forEach((name, count) -> contributions.merge(name, count, Integer::sum));
        graded.named().scores().forEach((name, score) -> {
            if (!name.equals(metric)) {
                name(name, score, graded.named().weights().getOrDefault(name, 1.0) * weight);
            }
        });
        if (!graded.pass()) {
            failure = graded.reason();
        }
    }

    private void name(String metric, double score, double weight) {
        namedSums.merge(metric, score * weight, Double::sum);
        namedWeights.merge(metric, weight, Double::sum);
    }

    Graded graded(@Nullable Assertion set) {
        double score = weights > 0 ? sum / weights : 0;
        boolean pass = failure == null;
        String reason = failure == null ? "All assertions passed" : failure;
        if (threshold != null) {
            pass = score >= threshold;
            reason = "Aggregate score " + Js.fixed(score, 2) + (pass ? " \u2265 " : " < ") + Js.number(threshold)
                    + " threshold";
        }
        Map<String, Double> named = new LinkedHashMap<>();
        namedSums.forEach((name, value) -> {
            double weight = namedWeights.getOrDefault(name, 0.0);
            named.put(name, weight > 0 ? value / weight : 0);
        });
        NamedScores all = new NamedScores(named, namedWeights, contributions);
        return new Graded(pass, score, reason, set, all, components, null, usage);
    }
}
