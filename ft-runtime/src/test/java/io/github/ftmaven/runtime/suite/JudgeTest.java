package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges that fail, and that are not there: an error, never a low score, and the other rows keep their results. */
class JudgeTest {
    private static final String GOOD = "{\"pass\": true, \"score\": 1, \"reason\": \"good\"}";

    @TempDir
    private Path directory;

    private ScriptedJudge judge;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void serve() throws IOException {
        judge = new ScriptedJudge();
        environment.put("PROMPTFOO_REQUEST_BACKOFF_MS", "1");
    }

    @AfterEach
    void stop() {
        judge.close();
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws IOException {
        judge.queue.addAll(List.of("500", "429", GOOD));
        assertThat(graded("llm-rubric, value: v")).singleElement().satisfies(row -> {
            assertThat(row.passed()).as(row.reason()).isTrue();
            assertThat(row.reason()).isEqualTo("All assertions passed");
        });
        assertThat(judge.requests).hasSize(3);
    }

    @Test
    void oneThatDoesNotAnswerIsAnErrorAndTheOthersKeepTheirResults() throws IOException {
        environment.put("REQUEST_TIMEOUT_MS", "400");
        judge.queue.addAll(List.of("wait", "wait", "wait", "wait", GOOD, GOOD, GOOD, GOOD));
        write("""
                prompts: ["{{x}}"]
                providers: [echo]
                defaultTest:
                  assert: [{type: llm-rubric, value: v}]
                tests: [{vars: {x: a}}, {vars: {x: b}}]
                """);
        List<ResultRow> rows = run(JudgeReader.declaration("m", judge.url(), null, null));
        assertThat(rows.get(0).error())
                .startsWith("Error: the judge openai:chat:m: 127.0.0.1:")
                .endsWith(" cannot be reached: HttpTimeoutException: request timed out (tried 4 times)");
        assertThat(rows.get(0).graded()).isNull();
        assertThat(rows.get(1).passed()).isTrue();
        Tally tally = Tally.of(rows);
        assertThat(List.of(tally.passed(), tally.failed(), tally.errors())).containsExactly(1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llm-rubric, value: v | I like it. | llm-rubric: the judge's answer has no JSON object: I like it.",
                "llm-rubric, value: v | {\"reason\": \"r\"} | llm-rubric: the judge's answer has neither pass nor score: {\"reason\":\"r\"}",
                "not-llm-rubric, value: v | {\"pass\": \"perhaps\"} | not-llm-rubric: the judge's answer has a pass that is neither true nor false: {\"pass\":\"perhaps\"}",
                "llm-rubric, value: v | {\"pass\": true, \"score\": \"NaN\"} | llm-rubric: the judge's answer has a score that is not a number: {\"pass\":true,\"score\":\"NaN\"}",
                "llm-rubric, value: v | {score: .nan} | llm-rubric: the judge's answer has a score that is not a number: {\"score\":null}",
                "llm-rubric, value: v | {\"score\": 1e999} | llm-rubric: the judge's answer has a score that is not a number: {\"score\":\"1e999\"}",
                "llm-rubric, value: v | {\"pass\": true, \"score\": null} | llm-rubric: the judge's answer has a score that is not a number: {\"pass\":true,\"score\":null}",
                "llm-rubric, value: v | '' | llm-rubric: the judge returned an empty answer",
                "model-graded-closedqa, value: v | Yes. | model-graded-closedqa: the judge's answer has neither Y nor N at the end: Yes.",
                "factuality, value: v | {\"category\": \"F\"} | factuality: the judge's answer has none of the categories A to E: {\"category\": \"F\"}",
                "factuality, value: v | well | factuality: the judge's answer has none of the categories A to E: well",
                "g-eval, value: v | {\"steps\": []} | g-eval: the judge's answer has no list of steps: {\"steps\": []}",
                "g-eval, value: v | steps | g-eval: the judge's answer has no JSON object that contains steps: steps",
                "context-recall, value: v | all | context-recall: the judge's answer has neither [Attributed] nor [Not Attributed]: all",
                "context-relevance | Something else. | context-relevance: the judge's answer has no sentence of the context: Something else.",
                "conversation-relevance | {\"verdict\": \"maybe\"} | conversation-relevance: the judge's answer has a verdict that is neither yes nor no: {\"verdict\": \"maybe\"}",
            })
    void nonsenseIsAnError(String assertion, String answer, String error) throws IOException {
        judge.queue.add(answer);
        assertThat(graded(assertion))
                .singleElement()
                .satisfies(row -> assertThat(row.error()).isEqualTo("Error: " + error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"score\": 11, \"reason\": \"r\"} | no score from 0 to 10",
                "{\"score\": \"NaN\", \"reason\": \"r\"} | no score from 0 to 10",
                "{\"score\": 3} | no reason"
            })
    void aScoreOfGEvalHasItsRange(String answer, String problem) throws IOException {
        judge.queue.addAll(List.of("{\"steps\": [\"one\"]}", answer));
        assertThat(graded("g-eval, value: v"))
                .singleElement()
                .satisfies(row -> assertThat(row.error())
                        .isEqualTo("Error: g-eval: the judge's answer has " + problem + ": " + answer));
    }

    @Test
    void theDefaultPromptsHoldWhatIsJudged() throws IOException {
        judge.queue.addAll(List.of(
                GOOD, "N", "{\"category\": \"D\"}", "{\"steps\": [\"first\"]}", "{\"score\": 5, \"reason\": \"r\"}"));
        write("""
                prompts: ["Where is {{x}}?"]
                providers: [echo]
                tests:
                  - vars: {x: Rome}
                    assert:
                      - {type: llm-rubric, value: "names {{x}}"}
                      - {type: not-model-graded-closedqa, value: is long}
                      - {type: not-factuality, value: in Italy}
                      - {type: g-eval, value: clear, threshold: 0.5}
                """);
        List<ResultRow> rows = run(JudgeReader.declaration("m", judge.url(), null, null));
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.passed()).as(row.reason()).isTrue());
        List<String> prompts = judge.requests.stream()
                .map(body -> body.at("/messages/0/content").asText())
                .toList();
        assertThat(prompts.get(0)).contains("names Rome", "Where is Rome?", "\"pass\": true or false");
        assertThat(prompts.get(1)).contains("is long", "Where is Rome?", "Y if the answer meets");
        assertThat(prompts.get(2)).contains("in Italy", "Where is Rome?", "D: the answer contradicts");
        assertThat(prompts.get(3)).contains("clear", "{\"steps\": [");
        assertThat(prompts.get(4)).contains("clear", "- first", "from 0 to 10");
        assertThat(prompts).noneMatch(prompt -> prompt.contains("{{"));
    }

    @Test
    void aJudgeWithAKeyAndEmbeddings() throws IOException {
        environment.put("JUDGE_KEY", "secret");
        judge.queue.add(GOOD);
        write("""
                prompts: ["abc"]
                providers: [echo]
                tests: [{assert: [{type: llm-rubric, value: v}, {type: similar, value: cab}]}]
                """);
        assertThat(run(JudgeReader.declaration("m", judge.url(), "JUDGE_KEY", "e")))
                .singleElement()
                .satisfies(row -> assertThat(row.passed()).as(row.reason()).isTrue());
        assertThat(judge.keys).containsOnly("Bearer secret");
        environment.remove("JUDGE_KEY");
        assertThat(run(JudgeReader.declaration("m", judge.url(), "JUDGE_KEY", "e")))
                .singleElement()
                .satisfies(row -> assertThat(row.error())
                        .isEqualTo("Error: the judge openai:chat:m: the environment variable JUDGE_KEY with its API"
                                + " key is not set"));
    }

    @Test
    void aComparisonWithoutAnAnswerIsAnErrorOfAll() throws IOException {
        judge.queue.add("400");
        write(String.format(Locale.ROOT, """
                prompts: [a]
                providers:
                  - echo
                  - {id: "openai:chat:x", config: {apiBaseUrl: "%s"}}
                tests: [{assert: [{type: contains, value: a}, {type: select-best, value: v}]}]
                """, judge.url()));
        List<ResultRow> rows = run(JudgeReader.declaration("m", judge.url(), null, null));
        assertThat(rows.get(0).error()).isEqualTo("Error: select-best: another answer to this test is an error");
        assertThat(rows.get(1).error()).contains("answered with status 400");
    }

    @Test
    void nobodyIsNamed() throws IOException {
        write("""
                prompts: [a]
                providers: [echo]
                defaultTest:
                  assert:
                    - {type: llm-rubric, value: v}
                tests:
                  - assert: [{type: assert-set, assert: [{type: not-similar, value: v}]}]
                  - options: {provider: "openai:chat:x"}
                    assert: [{type: answer-relevance}, {type: select-best, value: v}]
                  - options: {provider: {text: "anthropic:messages:x"}}
                    assert: [{type: max-score}]
                  - options: {provider: {id: "openai:chat:x", confg: {}}}
                    assert: [{type: contains, value: a, rubricPrompt: "file://none.txt"}]
                  - options: {provider: {id: "openai:chat:x", config: {apiBaseUrl: "localhost:8000"}}}
                    assert: [{type: assert-set, assert: [{type: max-score}]}]
                """);
        String how = " with config.apiBaseUrl, under defaultTest.options, or configure a default: evaluation.judge in a"
                + " spec, ft.judge.model for ft:promptfoo.";
        assertThatThrownBy(() -> run(MissingNode.getInstance()))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .containsExactlyInAnyOrder(
                                "s.yaml:13:14: the rubricPrompt none.txt does not exist.",
                                "s.yaml:15:42: max-score compares whole answers. Move it out of the assert-set.",
                                "s.yaml:5:8: the assertion llm-rubric needs a judge, but none is configured. Set"
                                        + " provider: openai:chat:MODEL" + how,
                                "s.yaml:7:43: the assertion not-similar needs an embedding model, but none is configured."
                                        + " Set provider: openai:embedding:MODEL" + how,
                                "s.yaml:9:15: the assertion answer-relevance needs an embedding model, but none is"
                                        + " configured. Set provider: openai:embedding:MODEL" + how,
                                "s.yaml:5:8: the judge anthropic:messages:x is not supported. Supported are openai:chat:MODEL"
                                        + " and openai:embedding:MODEL with config.apiBaseUrl, and http(s) URLs.",
                                "s.yaml:12:15: unknown key 'confg' in a judge. Did you mean 'config'?",
                                "s.yaml:14:15: the provider openai:chat:x: its apiBaseUrl is not a URL. Use one like"
                                        + " http://localhost:8000/v1."));
    }

    @Test
    void aDefaultsAddressIsChecked() {
        assertThatThrownBy(() -> JudgeReader.declaration("m", "localhost:8000", null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the provider openai:chat:m: its apiBaseUrl is not a URL. Use one like"
                        + " http://localhost:8000/v1.");
    }

    private List<ResultRow> graded(String assertion) throws IOException {
        write(String.format(Locale.ROOT, """
                prompts: ["Where is {{x}}?"]
                providers: [echo]
                tests: [{vars: {x: Rome, query: q, context: It is here.}, assert: [{type: %s}]}]
                """, assertion));
        return run(JudgeReader.declaration("m", judge.url(), null, null));
    }

    private List<ResultRow> run(JsonNode declared) {
        Suite suite = SuiteReader.read(
                List.of(new SuiteSource(directory.resolve("s.yaml"), "s.yaml")),
                false,
                environment,
                SuiteOptions.NONE,
                declared);
        return new SuiteRun(suite, environment, Map.of(), (done, total) -> {}).run();
    }

    private void write(String yaml) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), yaml);
    }
}
