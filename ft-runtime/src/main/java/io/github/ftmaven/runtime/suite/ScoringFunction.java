package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code assertScoringFunction}: a script that computes a test's result from the results of its assertions. */
final class ScoringFunction {
    private static final JsonMapper JSON = Json.lenient();

    private final JavaScript scripts;
    private final SuiteFiles files;

    ScoringFunction(JavaScript scripts, SuiteFiles files) {
        this.scripts = scripts;
        this.files = files;
    }

    /** The result according to the function; a failure with score 0 if the function fails. */
    Graded scored(String reference, Graded graded, @Nullable Double threshold) {
        ObjectNode context = JSON.createObjectNode();
        if (threshold != null) {
            context.put("threshold", threshold);
        }
        ArrayNode components = context.putArray("componentResults");
        for (Graded each : graded.components()) {
            ObjectNode component = components
                    .addObject()
                    .put("pass", each.pass())
                    .put("score", each.score())
                    .put("reason", each.reason());
            if (each.assertion() != null && !each.isSet()) {
                component.set("assertion", each.assertion().json());
            }
        }
        try {
            JsonNode result = files.call(
                    scripts, reference, JSON.valueToTree(graded.named().scores()), context);
            if (!result.path("pass").isBoolean()
                    || !result.path("score").isNumber()
                    || !result.path("reason").isTextual()) {
                return failed(graded, "assertion scoring function must return a GradingResult");
            }
            Map<String, Double> scores = new LinkedHashMap<>();
            result.path("namedScores")
                    .properties()
                    .forEach(
                            entry -> scores.put(entry.getKey(), entry.getValue().asDouble()));
            return new Graded(
                    result.path("pass").booleanValue(),
                    result.path("score").doubleValue(),
                    result.path("reason").textValue(),
                    graded.assertion(),
                    result.has("namedScores") ? graded.named().with(scores) : graded.named(),
                    graded.components(),
                    graded.renderedValue(),
                    graded.usage());
        } catch (CheckException | ScriptException e) {
            return failed(graded, String.valueOf(e.getMessage()));
        }
    }

    private static Graded failed(Graded graded, String why) {
        return new Graded(
                false,
                0,
                "Scoring function error: " + why,
                graded.assertion(),
                graded.named(),
                graded.components(),
                graded.renderedValue(),
                graded.usage());
    }
}
