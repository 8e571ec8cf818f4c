package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import java.io.IOException;
import java.nio.file.Path;

/** {@code target/ft/summary.json}, for other programs; {@code docs/summary.md} describes it. */
public final class SummaryJson {
    private static final int FORMAT_VERSION = 3;

    private SummaryJson() {}

    /** Writes the summary atomically, with its keys always in the same order. */
    public static void write(Path file, Summary summary) throws IOException {
        ObjectNode json = judgement(summary.name(), summary.scores(), summary.gate());
        if (summary.baseline() != null) {
            json.set("baseline", summary.baseline().json());
        }
        json.putObject("evaluation")
                .put("key", summary.evaluation().key())
                .put("scores", summary.evaluation().scores())
                .put("skipped", summary.evaluation().skipped());
        put(json.putObject("training"), summary.training());
        json.putObject("artifact")
                .put("path", summary.artifact().path())
                .put("sha256", summary.artifact().sha256());
        JsonFile.write(file, json);
    }

    /** The scores and the verdict. */
    static ObjectNode judgement(String name, Scores scores, GateResult gate) {
        ObjectNode json = JsonFile.object()
                .put("formatVersion", FORMAT_VERSION)
                .put("name", name)
                .put("verdict", gate.verdict().word());
        ObjectNode metrics = json.putObject("metrics");
        for (String provider : scores.providers()) {
            ObjectNode values = metrics.putObject(provider);
            scores.metrics(provider).forEach((metric, value) -> values.put(metric, value));
        }
        ArrayNode rules = json.putArray("rules");
        gate.rules().forEach(rule -> put(rules.addObject(), rule));
        return json;
    }

    private static void put(ObjectNode node, RuleResult result) {
        Rule rule = result.rule();
        node.put("metric", rule.metric());
        if (!rule.slice().isEmpty()) {
            ObjectNode where = node.putObject("where");
            rule.slice().forEach(where::put);
        }
        if (rule.comparison().over() != null) {
            node.put("over", rule.comparison().over());
        }
        if (result.against() != null) {
            node.put("against", result.against());
        }
        node.put("kind", kind(rule))
                .put("items", result.items())
                .put("value", result.estimate().value())
                .put("bound", result.estimate().bound());
        Interval interval = result.estimate().interval();
        if (interval != null) {
            node.putArray("interval").add(interval.low()).add(interval.high());
            node.put("confidence", rule.requiredConfidence());
        }
        if (result.significance().p() != null) {
            node.put("p", result.significance().p())
                    .put("adjustedP", result.significance().adjustedP());
        }
        if (result.significance().itemsNeeded() != null) {
            node.put("itemsNeeded", result.significance().itemsNeeded());
        }
        node.put("verdict", result.verdict().word())
                .put("failsBuild", result.failsBuild())
                .put("message", result.message());
    }

    private static String kind(Rule rule) {
        if (rule.comparison().over() != null) {
            return rule.comparison().minimumGain() != null ? "minimumGain" : "maximumDrop";
        }
        return rule.limits().minimum() != null ? "minimum" : "maximum";
    }

    private static void put(ObjectNode node, TrainingSummary training) {
        node.put("steps", training.steps())
                .put("seconds", training.seconds())
                .put("tokensPerSecond", training.tokensPerSecond())
                .put("supervisedTokens", training.supervisedTokens())
                .put("peakMemoryBytes", training.peakMemoryBytes())
                .put("finalLoss", training.finalLoss())
                .put("skipped", training.skipped());
    }
}
