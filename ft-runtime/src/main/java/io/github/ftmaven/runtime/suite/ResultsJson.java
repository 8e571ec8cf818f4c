package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.assertion.Usage;
import io.github.ftmaven.runtime.files.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes results in promptfoo's JSON, version 3, for {@code promptfoo import} and {@code promptfoo view}. Half
 * surrogate pairs, which UTF-8 cannot encode, become U+FFFD; numbers that are not finite become null.
 */
public final class ResultsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Suite suite;
    private final List<ResultRow> rows;
    private final String time;

    /** Prepares the results of a run that ended at the given time. */
    public ResultsJson(Suite suite, List<ResultRow> rows, Instant time) {
        this.suite = suite;
        this.rows = List.copyOf(rows);
        this.time = time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The whole file. */
    public ObjectNode json() {
        ObjectNode json = JSON.objectNode();
        json.put("evalId", "eval-" + id("evaluation").substring(0, 3) + "-" + time.substring(0, 19));
        ObjectNode results = json.putObject("results").put("version", 3).put("timestamp", time);
        ArrayNode prompts = results.putArray("prompts");
        List<Column> columns = SuiteRun.columns(suite);
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            prompts.add(prompt(
                    columns.get(c),
                    rows.stream().filter(row -> row.columnIndex() == column).toList()));
        }
        ArrayNode list = results.putArray("results");
        rows.forEach(row -> list.add(row(row)));
        Tally all = Tally.of(rows);
        ObjectNode stats = results.putObject("stats")
                .put("successes", all.passed())
                .put("failures", all.failed())
                .put("errors", all.errors());
        stats.set("tokenUsage", tokens(rows));
        json.set("config", suite.secrets().maskedSettings(suite.source().config()));
        json.putNull("shareableUrl");
        json.putObject("metadata")
                .put("promptfooVersion", "0.123.1")
                .put("generator", "ft-maven-plugin")
                .put("platform", "java")
                .put("exportedAt", time)
                .put("evaluationCreatedAt", time);
        ArrayNode vars = json.putArray("vars");
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> row.vars().fieldNames().forEachRemaining(names::add));
        names.forEach(vars::add);
        return (ObjectNode) wellFormed(suite.secrets().masked(json));
    }

    private static JsonNode wellFormed(JsonNode node) {
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            return JSON.nullNode();
        } else if (node.isTextual()) {
            return TextNode.valueOf(Shown.wellFormed(node.textValue()));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, wellFormed(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(each -> copy.set(Shown.wellFormed(each.getKey()), wellFormed(each.getValue())));
            return copy;
        }
        return node;
    }

    private ObjectNode prompt(Column column, List<ResultRow> own) {
        ObjectNode json = JSON.objectNode()
                .put("raw", column.prompt().raw())
                .put("label", column.prompt().label())
                .put("id", Digests.sha256(column.prompt().label()))
                .put("provider", column.provider().label());
        Tally tally = Tally.of(own);
        ObjectNode metrics = json.putObject("metrics")
                .put("score", tally.score())
                .put("testPassCount", tally.passed())
                .put("testFailCount", tally.failed())
                .put("testErrorCount", tally.errors())
                .put("assertPassCount", tally.assertions().passed())
                .put("assertFailCount", tally.assertions().failed())
                .put("totalLatencyMs", tally.latencyMs());
        metrics.set("tokenUsage", tokens(own));
        ObjectNode named = metrics.putObject("namedScores");
        tally.named().scores().forEach(named::put);
        named.setAll(DerivedMetrics.of(suite.grading().derivedMetrics(), own));
        ObjectNode counts = metrics.putObject("namedScoresCount");
        tally.named().counts().forEach(counts::put);
        ObjectNode weights = metrics.putObject("namedScoreWeights");
        tally.named().weights().forEach(weights::put);
        metrics.put("cost", tally.cost());
        return json;
    }

    private ObjectNode row(ResultRow row) {
        ObjectNode json = JSON.objectNode();
        json.put(
                "cost",
                row.response() == null || row.response().cost() == null
                        ? 0
                        : row.response().cost());
        if (row.error() != null) {
            json.put("error", row.error());
        } else if (!row.passed()) {
            json.put("error", row.reason());
        }
        json.set("gradingResult", row.graded() == null ? JSON.nullNode() : graded(row.graded(), suite.secrets()));
        json.put("id", id(row.testIndex() + "/" + row.columnIndex()));
        json.put("latencyMs", row.response() == null ? 0 : row.response().latencyMs());
        json.set(
                "namedScores",
                scores(row.graded() == null ? Map.of() : row.graded().named().scores()));
        json.putObject("prompt")
                .put("raw", compact(row.rendered()))
                .put("label", row.column().prompt().label())
                .set("config", JSON.objectNode());
        json.put("promptId", Digests.sha256(row.column().prompt().label()));
        json.put("promptIdx", row.columnIndex());
        ProviderSpec asked = row.column().provider();
        json.putObject("provider")
                .put("id", asked.id())
                .put("label", asked.label().equals(asked.id()) ? "" : asked.label());
        json.set("response", response(row.response()));
        json.put("score", row.score());
        json.put("success", row.passed());
        json.put("failureReason", row.error() != null ? 2 : row.passed() ? 0 : 1);
        json.set("testCase", suite.secrets().maskedSettings(row.test().json()));
        json.put("testIdx", row.testIndex());
        ObjectNode vars = JSON.objectNode();
        row.vars()
                .properties()
                .forEach(each -> vars.set(
                        each.getKey(),
                        each.getValue().isTextual()
                                ? TextNode.valueOf(compact(each.getValue().textValue()))
                                : each.getValue()));
        json.set("vars", suite.secrets().maskedSettings(vars));
        json.set(
                "metadata",
                row.test().json().path("metadata").isObject()
                        ? row.test().json().get("metadata")
                        : JSON.objectNode());
        return json;
    }

    /** JSON inside texts has no spaces, as in promptfoo. */
    private static String compact(String text) {
        return Js.parseIfSmall(text)
                .filter(JsonNode::isContainerNode)
                .map(Js::stringify)
                .orElse(text);
    }

    private static JsonNode response(@Nullable Response response) {
        if (response == null) {
            return JSON.nullNode();
        }
        ObjectNode json = JSON.objectNode();
        json.set("output", response.output());
        json.put("cached", false);
        if (response.cost() != null) {
            json.put("cost", response.cost());
        }
        if (response.finishReason() != null) {
            json.put("finishReason", response.finishReason());
        }
        json.set("tokenUsage", tokens(response.tokens()));
        return json;
    }

    private static ObjectNode graded(Graded graded, Secrets secrets) {
        ObjectNode json = JSON.objectNode()
                .put("pass", graded.pass())
                .put("score", graded.score())
                .put("reason", graded.reason());
        if (graded.assertion() == null
                || graded.isSet()
                || !graded.named().scores().isEmpty()) {
            json.set("namedScores", scores(graded.named().scores()));
        }
        if (!graded.named().weights().isEmpty()) {
            json.set("namedScoreWeights", scores(graded.named().weights()));
        }
        if (graded.usage().requests() > 0 || graded.isSet()) {
            json.set("tokensUsed", usage(graded.usage()));
        }
        if (graded.assertion() == null || graded.isSet()) {
            ArrayNode components = json.putArray("componentResults");
            graded.components().forEach(component -> components.add(graded(component, secrets)));
        } else {
            json.set("assertion", secrets.maskedSettings(graded.assertion().json()));
        }
        if (graded.assertion() != null && graded.isSet()) {
            json.putObject("metadata").set("assertionSet", set(graded.assertion()));
        }
        if (graded.renderedValue() != null) {
            json.putObject("metadata").put("renderedAssertionValue", graded.renderedValue());
        }
        return json;
    }

    private static ObjectNode set(Assertion set) {
        ObjectNode json = JSON.objectNode()
                .put("type", set.type())
                .put("assertionCount", set.children().size());
        for (String key : List.of("metric", "threshold", "weight")) {
            if (set.json().has(key)) {
                json.set(key, set.json().get(key));
            }
        }
        return json;
    }

    private static ObjectNode scores(Map<String, Double> scores) {
        ObjectNode json = JSON.objectNode();
        scores.forEach(json::put);
        return json;
    }

    private static ObjectNode usage(Usage usage) {
        return tokens(new Response.Tokens(usage.prompt(), usage.completion()))
                .put("cached", 0)
                .put("numRequests", usage.requests());
    }

    private static ObjectNode tokens(List<ResultRow> rows) {
        long prompt = 0;
        long completion = 0;
        Usage judges = Usage.NONE;
        for (ResultRow row : rows) {
            prompt += row.response() == null ? 0 : row.response().tokens().prompt();
            completion += row.response() == null ? 0 : row.response().tokens().completion();
            judges = row.graded() == null ? judges : judges.plus(row.graded().usage());
        }
        ObjectNode json =
                tokens(new Response.Tokens(prompt, completion)).put("cached", 0).put("numRequests", rows.size());
        json.set("assertions", usage(judges));
        return json;
    }

    private static ObjectNode tokens(Response.Tokens tokens) {
        return JSON.objectNode()
                .put("total", tokens.prompt() + tokens.completion())
                .put("prompt", tokens.prompt())
                .put("completion", tokens.completion());
    }

    /** An id that stays the same for the same position in the same suite. */
    private String id(String name) {
        return UUID.nameUUIDFromBytes((suite.description() + "\0" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
