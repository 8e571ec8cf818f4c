package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assertions that a judge grades: the same requests and the same rows as promptfoo 0.123.1 (tools/golden_judge.py). */
class JudgedGoldenTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SUITES = Path.of("src/test/resources/suites/judged");

    @ParameterizedTest
    @ValueSource(strings = {"rubric", "answers", "embeddings", "context", "compare"})
    void asksAndComesToTheSame(String name) throws Exception {
        JsonNode expected =
                JSON.readTree(SUITES.resolve(name + ".expected.json").toFile());
        try (ScriptedJudge judge = new ScriptedJudge()) {
            Map<String, String> environment = Map.of("JUDGE_URL", judge.url());
            Suite suite = SuiteReader.read(SUITES.resolve(name + ".yaml"), name + ".yaml", true, environment);
            List<ResultRow> rows = new SuiteRun(suite, environment, Map.of(), (done, total) -> {}).run();

            Set<JsonNode> asked = new HashSet<>();
            for (JsonNode body : expected.path("requests")) {
                asked.add(JSON.readTree(body.textValue()));
            }
            assertThat(new HashSet<>(judge.requests)).isEqualTo(asked);
            assertThat(judge.keys).allMatch(key -> key.equals("Bearer k") || key.equals("null"));
            assertThat(SuiteGoldenTest.differences(expected, suite, rows)).isEmpty();
        }
    }
}
