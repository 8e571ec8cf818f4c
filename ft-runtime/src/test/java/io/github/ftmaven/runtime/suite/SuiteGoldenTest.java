package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.assertion.Js;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole configurations, row by row as promptfoo 0.123.1 runs them (tools/golden_promptfoo.py). */
class SuiteGoldenTest {
    private static final Path SUITES = Path.of("src/test/resources/suites");

    static Stream<String> suites() throws Exception {
        try (Stream<Path> files = Files.list(SUITES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void comesToTheSame(String name) throws Exception {
        Suite suite = SuiteReader.read(SUITES.resolve(name + ".yaml"), name + ".yaml", true, Map.of());
        List<ResultRow> rows = new SuiteRun(suite, Map.of(), Map.of(), (done, total) -> {}).run();
        JsonNode expected = new JsonMapper()
                .readTree(SUITES.resolve(name + ".expected.json").toFile());
        assertThat(differences(expected, suite, rows)).isEmpty();
    }

    /** Where rows are not what promptfoo came to. */
    static List<String> differences(JsonNode expected, Suite suite, List<ResultRow> rows) {
        JsonNode found = new ResultsJson(suite, rows, Instant.EPOCH).json().path("results");
        List<String> differences = new ArrayList<>();
        compare("rows", expected.path("rows").size(), found.path("results").size(), differences);
        for (int i = 0;
                i < Math.min(expected.path("rows").size(), found.path("results").size());
                i++) {
            row(expected.path("rows").get(i), found.path("results").get(i), differences);
        }
        for (int i = 0; i < expected.path("prompts").size(); i++) {
            prompt(expected.path("prompts").get(i), found.path("prompts").path(i), differences);
        }
        return differences;
    }

    private static void row(JsonNode expected, JsonNode found, List<String> differences) {
        String row = "row " + expected.path("testIdx") + "/" + expected.path("promptIdx") + " ";
        for (String key : List.of("testIdx", "promptIdx", "success", "score", "failureReason", "vars", "namedScores")) {
            compare(row + key, expected.path(key), found.path(key), differences);
        }
        compare(row + "prompt", expected.path("prompt"), found.path("prompt").path("raw"), differences);
        if (expected.path("failureReason").asInt() != 2) {
            compare(
                    row + "output",
                    expected.path("output"),
                    found.path("response").path("output"),
                    differences);
        } else {
            compare(
                    row + "error",
                    expected.path("error").asText(),
                    found.path("error").asText(),
                    differences);
        }
        compare(
                row + "description",
                expected.path("description").asText(""),
                found.path("testCase").path("description").asText(""),
                differences);
        JsonNode components = found.path("gradingResult").path("componentResults");
        compare(row + "components", expected.path("components").size(), components.size(), differences);
        for (int i = 0; i < components.size(); i++) {
            JsonNode one = expected.path("components").path(i);
            JsonNode other = components.get(i);
            String component = row + one.path("type").asText() + " " + i + " ";
            compare(component + "pass", one.path("pass"), other.path("pass"), differences);
            compare(component + "score", one.path("score"), other.path("score"), differences);
            compare(component + "reason", line(one), line(other), differences);
            compare(component + "set", one.path("set"), other.path("metadata").path("assertionSet"), differences);
            compare(
                    component + "members",
                    one.path("members").asInt(),
                    one.has("set") ? other.path("componentResults").size() : 0,
                    differences);
            if (one.has("tokens") && !one.path("type").isNull() && !isList(other)) {
                for (String key : List.of("prompt", "completion", "numRequests")) {
                    JsonNode tokens = one.path("tokens").path(key);
                    compare(component + key, tokens, other.path("tokensUsed").path(key), differences);
                }
            }
        }
    }

    /** Of several values to be near to, the output is embedded once here. */
    private static boolean isList(JsonNode component) {
        return component.path("assertion").path("type").asText().contains("similar")
                && component.path("assertion").path("value").isArray();
    }

    /** Engines word their own errors. */
    private static String line(JsonNode component) {
        String line = component.path("reason").asText().lines().findFirst().orElse("");
        return line.replaceFirst(
                "(Invalid regex pattern|XML parsing failed|Custom function threw error|does not match schema): .*",
                "$1");
    }

    private static void prompt(JsonNode expected, JsonNode found, List<String> differences) {
        String prompt = "prompt " + expected.path("label").asText() + " ";
        compare(prompt + "id", expected.path("id"), found.path("id"), differences);
        compare(prompt + "provider", expected.path("provider"), found.path("provider"), differences);
        for (String key : List.of(
                "score",
                "testPassCount",
                "testFailCount",
                "testErrorCount",
                "assertPassCount",
                "assertFailCount",
                "namedScores",
                "namedScoresCount",
                "namedScoreWeights")) {
            compare(prompt + key, expected.path(key), found.path("metrics").path(key), differences);
        }
    }

    private static void compare(String what, Object expected, Object found, List<String> differences) {
        if (!expected.equals(found)) {
            differences.add(what + ": promptfoo has <" + expected + ">, here <" + found + ">");
        }
    }

    private static void compare(String what, JsonNode expected, JsonNode found, List<String> differences) {
        if (!near(expected, found)) {
            differences.add(
                    what + ": promptfoo has <" + Js.stringify(expected) + ">, here <" + Js.stringify(found) + ">");
        }
    }

    private static boolean near(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return Math.abs(a.doubleValue() - b.doubleValue()) <= 1e-12;
        }
        if (a.isObject() && b.isObject() && a.size() == b.size()) {
            return a.properties().stream().allMatch(each -> near(each.getValue(), b.path(each.getKey())));
        }
        return a.isContainerNode() ? Js.stringify(a).equals(Js.stringify(b)) : a.equals(b);
    }
}
