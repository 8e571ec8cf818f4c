package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks {@code acceptance} against what the spec measures, as far as the spec alone can tell. */
final class AcceptanceRules {
    private static final String BASE = "base";
    private static final String RELEASED = "released";
    private static final String SUITE = "suite";
    private static final String METRICS = "evaluation.metrics";
    private static final String BASELINES = "evaluation.baselines";

    /** Metrics whose range is not 0 to 1. */
    private static final Set<Metric> UNBOUNDED = EnumSet.of(Metric.PERPLEXITY, Metric.ANSWER_TOKENS, Metric.LATENCY);

    /** Metrics that a key of their own requests. */
    private static final Set<Metric> OF_THEIR_OWN = EnumSet.of(Metric.PASS_RATE, Metric.RETENTION);

    private final SpecKeys keys;

    AcceptanceRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        JsonNode rules = keys.at("acceptance");
        for (int i = 0; i < rules.size(); i++) {
            String path = "acceptance[" + i + "]";
            metric(path + ".metric", rules.get(i).path("metric").asText());
            drift(path, rules.get(i));
            over(path + ".over", rules.get(i));
            range(path, rules.get(i));
            verdict(path, rules.get(i));
        }
    }

    private void metric(String path, String metric) {
        if (metric.isEmpty() || DriftMetric.is(metric)) {
            return;
        }
        if (metric.equals(word(Metric.PASS_RATE)) || metric.startsWith(SUITE + "/")) {
            if (!keys.at("evaluation.suite").isTextual()) {
                keys.refuse(path, metric + " needs evaluation.suite, which is not set; name a suite there");
            }
        } else if (metric.equals(word(Metric.RETENTION))) {
            if (!keys.at("evaluation.retention").isTextual()) {
                keys.refuse(
                        path,
                        "retention needs evaluation.retention, which is not set; name a file of general text there");
            }
        } else if (words().contains(metric)) {
            if (!measured().contains(metric) && !keys.isWrong(METRICS)) {
                keys.refuse(path, path + " needs " + metric + " in evaluation.metrics");
            }
        } else if (!metric.contains("/") || keys.at("evaluation.tasks").isEmpty()) {
            List<String> known = Stream.of(
                            measured().stream(),
                            words().stream(),
                            DriftMetric.NAMES.stream(),
                            Stream.of(SUITE + "/NAME", "TASK/METRIC"))
                    .flatMap(words -> words)
                    .distinct()
                    .toList();
            String hint = Suggestions.word(metric, known)
                    .map(meant -> "did you mean '" + meant + "'?")
                    .orElse("known metrics are " + String.join(", ", known));
            keys.refuse(path, path + " is '" + metric + "', which evaluation does not measure; " + hint);
        }
    }

    /** A drift is one number about the training set: no items, so neither a slice nor a test. */
    private void drift(String path, JsonNode rule) {
        if (!DriftMetric.is(rule.path("metric").asText())) {
            return;
        }
        for (String key : List.of("minimum", "over", "minimumGain", "maximumDrop", "where", "confidence")) {
            if (rule.has(key)) {
                keys.refuse(
                        path + "." + key,
                        path + "." + key + " does not fit "
                                + rule.path("metric").asText()
                                + ", which always compares the training set with that of the released adapter; write"
                                + " maximum alone");
                return;
            }
        }
        JsonNode bound = rule.path("maximum");
        if (bound.isNumber() && !(bound.doubleValue() >= 0)) {
            keys.refuse(path + ".maximum", path + ".maximum must be at least 0, not " + bound.asText());
        }
    }

    private void over(String path, JsonNode rule) {
        String over = rule.path("over").asText();
        if (over.isEmpty() || over.equals(RELEASED) || keys.isWrong(BASELINES)) {
            return;
        }
        if (rule.path("metric").asText().equals(word(Metric.RETENTION))) {
            keys.refuse(path, "retention already compares with the base; write minimum, or over: released");
            return;
        }
        List<String> labels = keys.at(BASELINES)
                .valueStream()
                .map(baseline -> Baseline.fromYaml(baseline).label())
                .toList();
        if (over.equals(Rule.BEST_BASELINE)) {
            if (labels.isEmpty()) {
                keys.refuse(path, path + " needs evaluation.baselines to choose from");
            }
        } else if (over.equals(BASE)) {
            if (!labels.contains(BASE)) {
                keys.refuse(path, path + " needs " + Baseline.WORD + " in evaluation.baselines");
            }
        } else if (!labels.contains(over)) {
            List<String> known = new ArrayList<>(List.of(BASE, Rule.BEST_BASELINE, RELEASED));
            labels.stream().filter(label -> !label.equals(BASE)).forEach(known::add);
            String hint = Suggestions.word(over, known)
                    .map(meant -> "did you mean '" + meant + "'?")
                    .orElse("known names are " + String.join(", ", known));
            keys.refuse(path, path + " is '" + over + "', which is not one of evaluation.baselines; " + hint);
        }
    }

    private void range(String path, JsonNode rule) {
        boolean share = Arrays.stream(Metric.values())
                .filter(metric -> !UNBOUNDED.contains(metric))
                .anyMatch(metric -> word(metric).equals(rule.path("metric").asText()));
        for (String key : List.of("minimum", "maximum", "minimumGain", "maximumDrop")) {
            JsonNode bound = rule.path(key);
            if (share && bound.isNumber() && !(bound.doubleValue() >= 0 && bound.doubleValue() <= 1)) {
                String number = bound.doubleValue() == Math.rint(bound.doubleValue())
                        ? String.valueOf(bound.longValue())
                        : bound.asText();
                keys.refuse(path + "." + key, path + "." + key + " must be a number from 0 to 1, not " + number);
            }
        }
    }

    private void verdict(String path, JsonNode rule) {
        String key = path + ".onInconclusive";
        if (!rule.has("onInconclusive") || keys.isWrong(path)) {
            return;
        }
        if (!rule.has("over") && !rule.has("confidence")) {
            keys.refuse(key, key + " needs confidence: without it the estimate decides, and nothing is inconclusive");
        } else if (rule.path("severity").asText().equals("warn")
                && rule.path("onInconclusive").asText().equals("fail")) {
            keys.refuse(key, key + " cannot be fail under severity: warn");
        }
    }

    private List<String> measured() {
        return keys.at(METRICS).valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> words() {
        return Arrays.stream(Metric.values())
                .filter(metric -> !OF_THEIR_OWN.contains(metric))
                .map(AcceptanceRules::word)
                .toList();
    }

    private static String word(Metric metric) {
        return SpecWords.word(metric);
    }
}
