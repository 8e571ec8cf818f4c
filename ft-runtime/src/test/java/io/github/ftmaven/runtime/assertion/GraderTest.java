package io.github.ftmaven.runtime.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.PublishedGoldens;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scores and reasons are those that promptfoo 0.123.1 gave elsewhere; {@code AssertionGoldenTest} has our own cases. */
@Tag("published")
class GraderTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(5));
    private final Grader grader = new Grader(
            scripts, new Nunjucks(scripts, JSON.createObjectNode()), new NoFiles(), new NobodyGrades(), true);

    @AfterEach
    void stop() {
        scripts.close();
    }

    @Test
    void textMetricsAreThose() throws Exception {
        compare("text-metrics-promptfoo-0.123.1.json", Set.of());
    }

    @Test
    void assertionsAreThose() throws Exception {
        // A transform of a second suite is not in the file.
        compare(
                "assertions-promptfoo-0.123.1.json",
                Set.of(
                        "transform",
                        "empty",
                        "weights",
                        "thr0",
                        "all-weight0-thr",
                        "assertset-or",
                        "assertset-and",
                        "assertset-weight",
                        "weight0",
                        "all-weight0",
                        "meta"));
    }

    private void compare(String name, Set<String> without) throws Exception {
        List<String> differences = new ArrayList<>();
        JsonNode golden =
                JSON.readTree(PublishedGoldens.path("golden").resolve(name).toFile());
        for (JsonNode row : golden.path("rows")) {
            if (!without.contains(row.path("id").asText())) {
                compare(row, differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    private void compare(JsonNode row, List<String> differences) throws IOException {
        String id = row.path("id").asText();
        if (row.has("error")) {
            return; // its assertions are not in the file
        }
        List<Assertion> assertions = new ArrayList<>();
        for (JsonNode component : row.path("components")) {
            ObjectNode json = component.deepCopy();
            json.remove(List.of("pass", "score", "reason"));
            assertions.add(new Assertion(json));
        }
        ObjectNode vars = JSON.createObjectNode().put("x", "v");
        Graded graded;
        try {
            graded = grader.grade(
                    assertions,
                    null,
                    new Response(row.path("output"), 0, 0.0, null, null, Response.Tokens.NONE),
                    new Grader.Case(
                            "prompt",
                            vars,
                            JSON.createObjectNode(),
                            JSON.createObjectNode(),
                            JSON.createObjectNode(),
                            row.path("output")));
        } catch (CheckException e) {
            differences.add(id + ": " + e.getMessage());
            return;
        }
        for (int i = 0; i < assertions.size(); i++) {
            JsonNode expected = row.path("components").get(i);
            Graded found = graded.components().get(i);
            String reason = expected.path("reason").asText();
            boolean same = found.pass() == expected.path("pass").asBoolean()
                    && Math.abs(found.score() - expected.path("score").asDouble()) < 1e-12
                    && firstLine(reason).equals(firstLine(found.reason()));
            if (!same) {
                differences.add(
                        id + " " + expected + " but " + found.pass() + " " + found.score() + " " + found.reason());
            }
        }
        assertThat(graded.score()).as(id).isCloseTo(row.path("score").asDouble(), within(1e-12));
    }

    /** QuickJS words its errors in another way than V8 does. */
    private static String firstLine(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.startsWith("Invalid regex pattern")
                        || line.startsWith("Custom function threw error: Unexpected")
                        || line.startsWith("Custom function threw error: unexpected")
                ? line.substring(0, 20)
                : line;
    }
}
