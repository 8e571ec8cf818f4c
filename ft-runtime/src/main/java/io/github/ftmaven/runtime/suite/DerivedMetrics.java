package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Metrics that mathjs computes from other metrics. {@code __count} is the number of rows so far. The result of a
 * formula need not be a number.
 */
final class DerivedMetrics {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private DerivedMetrics() {}

    /** The problem of a formula; empty if there is none. */
    static String mistake(String formula, JavaScript scripts) {
        try {
            return scripts.call("formula", JSON.objectNode().put("formula", formula))
                    .asText();
        } catch (ScriptException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * The values after the last row of a column.
     *
     * @throws InvalidInputException if the formulas take too much time or memory
     */
    static ObjectNode of(List<Suite.DerivedMetric> metrics, List<ResultRow> rows) {
        if (metrics.isEmpty() || rows.isEmpty()) {
            return JSON.objectNode();
        }
        ObjectNode argument = JSON.objectNode();
        ArrayNode formulas = argument.putArray("metrics");
        metrics.forEach(
                metric -> formulas.addObject().put("name", metric.name()).put("formula", metric.formula()));
        ArrayNode contexts = argument.putArray("contexts");
        for (int r = looksBack(metrics) ? 1 : rows.size(); r <= rows.size(); r++) {
            ObjectNode context = contexts.addObject();
            Tally.of(rows.subList(0, r)).named().scores().forEach(context::put);
            context.put("__count", r);
        }
        try (JavaScript scripts = new JavaScript(LIMIT)) {
            return (ObjectNode) scripts.call("derived", argument);
        } catch (ScriptException e) {
            throw new InvalidInputException("derivedMetrics: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Whether a formula reads a later metric, whose value is then the previous row's; if none does, the last row is
     * enough.
     */
    private static boolean looksBack(List<Suite.DerivedMetric> metrics) {
        for (int m = 0; m < metrics.size(); m++) {
            for (Suite.DerivedMetric later : metrics.subList(m, metrics.size())) {
                if (Pattern.compile("(?<![\\w.])" + Pattern.quote(later.name()) + "(?!\\w)")
                        .matcher(metrics.get(m).formula())
                        .find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
