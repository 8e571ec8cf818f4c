package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dialects of tables, scenarios, conversations, globs, references and the environment as promptfoo 0.123.1 takes them
 * (tools/golden_small_suites.py).
 */
class SmallSuitesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** What is otherwise here, and why. */
    private static final Map<String, String> ON_PURPOSE = Map.of(
            "csv-thrbad", "a threshold that is no number is an error, not passed over",
            "csv-emptyfile", "a suite without tests is warned of, where promptfoo makes one up",
            "csv-headeronly", "as csv-emptyfile",
            "dollar", "$& in a variable is text, where promptfoo puts the match in",
            "prov-glob", "providers are found by globs too",
            "scen-files", "the configurations of scenarios may stand in a table",
            "ref-file", "$ref does not lead into other files, and says so",
            "vars-none", "a missing file is the error of its row, not of all",
            "vars-glob-none", "as vars-none");

    @TempDir
    private Path directory;

    static Stream<String> names() throws IOException {
        return StreamSupport.stream(suites().spliterator(), false)
                .map(suite -> suite.path("name").textValue());
    }

    private static JsonNode suites() throws IOException {
        return JSON.readTree(Path.of("src/test/resources/suites/small.json").toFile());
    }

    @ParameterizedTest
    @MethodSource("names")
    void comesToTheSame(String name) throws IOException {
        JsonNode suite = StreamSupport.stream(suites().spliterator(), false)
                .filter(each -> each.path("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
        for (Map.Entry<String, JsonNode> file : suite.path("files").properties()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().textValue());
        }
        Map<String, String> environment = new TreeMap<>();
        suite.path("env")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().textValue()));
        String expected = Js.stringify(suite.path("expected"));
        String found;
        try {
            found = Js.stringify(found(environment));
        } catch (InvalidInputException e) {
            found = "null";
        }
        if (ON_PURPOSE.containsKey(name)) {
            assertThat(found).as(ON_PURPOSE.get(name)).isNotEqualTo(expected);
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }

    private JsonNode found(Map<String, String> environment) {
        Suite suite = SuiteReader.read(
                List.of(new SuiteSource(directory.resolve("c.yaml"), "c.yaml")),
                true,
                environment,
                SuiteOptions.NONE,
                MissingNode.getInstance());
        List<ResultRow> rows = new SuiteRun(suite, environment, Map.of(), (done, total) -> {}).run();
        JsonNode results = new ResultsJson(suite, rows, Instant.EPOCH).json().path("results");
        ObjectNode essence = JSON.createObjectNode();
        ArrayNode prompts = essence.putArray("prompts");
        results.path("prompts")
                .forEach(prompt -> prompts.add(prompt.path("label").asText() + " / "
                        + prompt.path("provider").asText()));
        ArrayNode list = essence.putArray("rows");
        List<JsonNode> sorted = new ArrayList<>();
        results.path("results").forEach(sorted::add);
        for (JsonNode row : sorted) {
            ObjectNode each = list.addObject();
            each.put(
                    "row",
                    row.path("testIdx").asText() + "/" + row.path("promptIdx").asText());
            each.set("prompt", row.path("prompt").path("raw"));
            for (String key : List.of("vars", "score", "failureReason", "namedScores")) {
                each.set(key, row.path(key));
            }
            each.put("description", row.path("testCase").path("description").asText(""));
            JsonNode metadata = row.path("testCase").path("metadata");
            each.set("metadata", metadata.isObject() ? metadata : JSON.createObjectNode());
            each.set("provider", row.path("provider"));
            each.put(
                    "components",
                    row.path("gradingResult").path("componentResults").size());
        }
        return essence;
    }
}
