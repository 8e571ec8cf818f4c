package io.github.ftmaven.runtime.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type of assertion on many texts, as promptfoo 0.123.1 judges them (tools/golden_assertions.mjs). */
class AssertionGoldenTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path CASES = Path.of("src/test/resources/assertions");

    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(5));
    private final Grader grader = new Grader(
            scripts, new Nunjucks(scripts, JSON.createObjectNode()), new NoFiles(), new NobodyGrades(), true);

    @AfterEach
    void stop() {
        scripts.close();
    }

    static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected.json"))
                    .map(name -> name.replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void judgesTheSame(String name) throws Exception {
        JsonNode cases = JSON.readTree(CASES.resolve(name + ".json").toFile());
        JsonNode expected = JSON.readTree(CASES.resolve(name + ".expected.json").toFile());
        List<String> differences = new ArrayList<>();
        int count = 0;
        for (int c = 0; c < cases.size(); c++) {
            JsonNode each = cases.get(c);
            for (int o = 0; o < each.path("outputs").size(); o++) {
                for (int a = 0; a < each.path("assertions").size(); a++) {
                    ObjectNode assertion = (ObjectNode) each.path("assertions").get(a);
                    JsonNode output = each.path("outputs").get(o);
                    String one = essence(expected.path(c).path(o).path(a));
                    String other = essence(result(assertion, output, each.path("response")));
                    count++;
                    if (!one.equals(other)) {
                        differences.add(assertion + " on " + output + ":\n    " + one + "\n    " + other);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(count).isPositive();
    }

    private JsonNode result(ObjectNode assertion, JsonNode output, JsonNode given) {
        List<Double> logProbs = new ArrayList<>();
        given.path("logProbs").forEach(each -> logProbs.add(each.doubleValue()));
        Response response = new Response(
                output,
                given.path("latencyMs").asLong(),
                given.has("cost") ? given.path("cost").doubleValue() : null,
                given.path("finishReason").textValue(),
                given.has("logProbs") ? logProbs : null,
                Response.Tokens.NONE);
        ObjectNode config = given.has("config") ? (ObjectNode) given.path("config") : JSON.createObjectNode();
        ObjectNode vars = JSON.createObjectNode().put("v", "value");
        ObjectNode test = JSON.createObjectNode();
        test.set("vars", vars);
        try {
            Graded graded = grader.grade(
                            List.of(new Assertion(assertion)),
                            null,
                            response,
                            new Grader.Case("prompt", vars, test, JSON.createObjectNode(), config, output))
                    .components()
                    .get(0);
            return JSON.createArrayNode().add(graded.pass()).add(graded.score()).add(graded.reason());
        } catch (CheckException e) {
            return JSON.getNodeFactory().textNode(String.valueOf(e.getMessage()));
        }
    }

    /** Engines and parsers word their own errors. */
    private static String essence(JsonNode result) {
        if (result.isBoolean()) {
            return "true 1.000000000 " + Outcome.PASSED;
        }
        if (result.isTextual()) {
            return "error: " + result.textValue().replace("Invariant failed: ", "");
        }
        String reason = result.path(2).asText().lines().findFirst().orElse("");
        reason = reason.replaceFirst(
                "(Invalid regex pattern|XML parsing failed|Custom function threw error|does not match schema): .*",
                "$1");
        reason = reason.replaceFirst(
                "Unexpected token .* is not valid JSON|Call to .* has arguments .* not JSON.*", "no JSON");
        return result.path(0) + " " + Js.fixed(result.path(1).doubleValue(), 9) + " " + reason;
    }
}
