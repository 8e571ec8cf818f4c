package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row of a table, a model or a result gets to know of the environment and of files: nothing. */
class SecretsTest {
    private static final Map<String, String> PROCESS = Map.of(
            "MY_TOKEN", "tok-1234567", "DB_PASSWORD", "pa ss&w\"ord", "REGION", "europe", "UNNAMED", "unnamed-value");

    @TempDir
    private Path directory;

    @Test
    void templatesReadOnlyWhatTheSuiteItselfNames() throws IOException {
        Files.writeString(
                directory.resolve("t.csv"),
                "q,__expected\n{{ env | dump }},is-json\n{{ env['' + 'UNNAMED'] }},is-json\n{{ env.REGION | upper }},is-json\n");
        write("""
                env: {OWN: own}
                prompts: ["{{ q }}"]
                providers: [{id: echo, config: {apiKey: "{{env.MY_TOKEN}}", region: "{{env.REGION}}"}}]
                tests: t.csv
                """);
        assertThat(run())
                .extracting(ResultRow::rendered)
                .containsExactly("{\"REGION\":\"europe\",\"OWN\":\"own\"}", "", "EUROPE");
    }

    @Test
    void assertionsSayWhatTheyCannotRead() throws IOException {
        write("""
                prompts: [a]
                providers: [echo]
                tests: [{assert: [{type: contains, value: "{% if env.REGION %}a{% endif %}"}, {type: equals, value: "{{ env.REGION | replace('europe', 'a') }}"}]}]
                """);
        assertThatThrownBy(this::read)
                .hasMessage(
                        "s.yaml:3:36: the value of an assertion uses env, which renders as nothing there: the variable is not"
                                + " set, or occurs in a statement. Write {{env.NAME}}.");
    }

    @Test
    void saysSoWhereAVariableIsNotReadable() throws IOException {
        write("""
                prompts: ["{{q}}"]
                providers: [echo]
                tests: t.csv
                """);
        Files.writeString(directory.resolve("t.csv"), "q,__expected\n{{env.UNNAMED}},is-json\n");
        assertThat(run().get(0).error())
                .startsWith(
                        "Error: the variable q uses env.UNNAMED, which is not set or not allowed: only the suite's own"
                                + " file may choose which environment variables are read.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "file:///proc/self/environ",
                "file://../secret.txt",
                "file://a/../../secret.txt",
                "file://link.txt",
                "file://.hidden",
                "file://.git/config",
                "file:///etc/pass*",
                "file://../*.txt",
                "file://linked/*.txt"
            })
    void dataNamesNoFileElsewhere(String cell) throws IOException {
        Path suite = Files.createDirectories(directory.resolve("suite"));
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.writeString(suite.resolve(".hidden"), "secret");
        Files.createSymbolicLink(suite.resolve("link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(suite.resolve("linked"), outside);
        String json = "{\"vars\": {\"q\": [\"" + cell + "\"]}, \"assert\": [{\"type\": \"is-json\"}]}";
        for (Map.Entry<String, String> file : Map.of(
                        "t.csv", "q,__expected\n" + cell + ",is-json\n",
                        "u.csv", "q,__expected\nx,contains: " + cell + "\n",
                        "t.jsonl", json + "\n",
                        "t.json", "[" + json + "]")
                .entrySet()) {
            Files.writeString(suite.resolve(file.getKey()), file.getValue());
            Files.writeString(
                    suite.resolve("s.yaml"), "prompts: ['{{q}}']\nproviders: [echo]\ntests: [" + file.getKey() + "]\n");
            assertThatThrownBy(() -> SuiteReader.read(suite.resolve("s.yaml"), "s.yaml", true, Map.of()))
                    .as(file.getKey())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file.getKey())
                    .hasMessageContaining("data refers to the file");
        }
    }

    @Test
    void dataMayNameWhatIsBesideTheSuite() throws IOException {
        Files.writeString(directory.resolve("text.txt"), "beside");
        Files.writeString(directory.resolve("t.csv"), "q,__expected\nfile://text.txt,equals: beside\n");
        write("prompts: ['{{q}}']\nproviders: [echo]\ntests: t.csv\n");
        assertThat(run()).extracting(ResultRow::passed).containsExactly(true);
    }

    @Test
    void whatAModelSaidIsNoTemplateAndNoFile() throws IOException {
        String said = "{{ env['O' + 'WN'] }} {% raw %} {{ 7 * 7 }} {{ other }}";
        write("""
                env: {OWN: own}
                prompts: ["{{q}}", '[{"role": "user", "content": "{{q}}"}]']
                providers: [echo]
                tests:
                  - {vars: {q: x}, providerOutput: "SAID", options: {storeOutputAs: answer}, assert: [{type: contains, value: "env["}]}
                  - {vars: {q: "{{answer}}"}, assert: [{type: contains, value: "{{answer}}"}]}
                  - {vars: {q: "{{r}}", r: "Earlier: {{ answer }}", other: o}, assert: [{type: contains, value: "{{q}}"}]}
                  - {vars: {q: "{{ answer | upper }}!"}, assert: [{type: contains, value: "!"}]}
                """.replace("SAID", "{% raw %}" + said.replace("{% raw %}", "%") + "{% endraw %}"));
        List<ResultRow> rows = run();
        String plain = "{% raw %}" + said.replace("{% raw %}", "%") + "{% endraw %}";
        assertThat(rows.get(2).rendered()).isEqualTo(plain);
        assertThat(rows.get(4).rendered()).isEqualTo("Earlier: " + plain);
        assertThat(rows.get(4).passed()).isTrue();
        assertThat(rows.get(5).rendered()).contains("Earlier: {% raw %}{{ env['O' + 'WN'] }}");
    }

    @Test
    void anAnswerThatNamesAFileIsText() throws IOException {
        Files.writeString(directory.resolve("secret.txt"), "the content");
        write("""
                prompts: ["{{q}} {{answer}}"]
                providers: [echo]
                tests:
                  - {vars: {q: x}, providerOutput: "file://secret.txt", options: {storeOutputAs: answer}, assert: [{type: contains, value: x, weight: 0}, {type: contains, value: file}]}
                  - {vars: {q: "{{answer}}"}, assert: [{type: contains, value: "file://secret.txt file://secret.txt"}]}
                """);
        assertThat(run().get(1).rendered()).isEqualTo("file://secret.txt file://secret.txt");
    }

    @Test
    void anAnswerInCodeIsRefused() throws IOException {
        write("""
                prompts: ["{{q}}"]
                providers: [echo]
                tests:
                  - {vars: {q: x}, options: {storeOutputAs: answer}, assert: [{type: contains, value: x}]}
                  - {vars: {q: y}, assert: [{type: javascript, value: "output === '{{ answer }}'"}]}
                """);
        assertThatThrownBy(this::read)
                .hasMessage("s.yaml:5:5: the javascript assertion inserts a model's answer into its code: {{ answer }}."
                        + " Use context.vars.answer instead.");
    }

    @Test
    void noResultTellsSecrets() throws Exception {
        write("""
                env: {OWN_SECRET: own-secret}
                description: 'about tok-1234567'
                prompts: ["{{env.MY_TOKEN}} {{env.DB_PASSWORD}} {{env.OWN_SECRET}} {{api_key}} {{q}}"]
                providers:
                  - {id: echo, label: 'l tok-1234567', config: {apiKey: literal-key, headers: {X-Custom: header-value, Accept: text/plain}}}
                tests:
                  - vars: {q: "literal-key http://me:pass@host/x?api_key=abc header-value text/plain", api_key: sk-own-key}
                    description: 'tok-1234567'
                    metadata: {tok-1234567: tok-1234567}
                    options: {provider: {id: "openai:chat:m", config: {apiKey: judge-key}}}
                    assert: [{type: contains, value: '{{q}} tok-1234567 judge-key', metric: m tok-1234567}]
                """);
        Suite suite = read();
        List<ResultRow> rows = new SuiteRun(suite, PROCESS, Map.of(), (done, total) -> {}).run();
        assertThat(rows.get(0).rendered()).contains("tok-1234567", "pa ss&w\"ord", "own-secret", "sk-own-key");
        String json = new JsonMapper().writeValueAsString(new ResultsJson(suite, rows, Instant.EPOCH).json());
        for (String written : List.of(
                json,
                ResultsCsv.write(suite, rows),
                ResultsMarkdown.write(suite, rows),
                JUnitXml.write(suite, rows),
                String.join("\n", SuiteTable.lines(suite, rows)))) {
            assertThat(written)
                    .contains("REDACTED")
                    .doesNotContain(
                            "tok-1234567",
                            "pa ss",
                            "own-secret",
                            "literal-key",
                            "judge-key",
                            "sk-own-key",
                            "me:pass",
                            "=abc",
                            "header-value");
        }
        assertThat(json).contains("text/plain", "{{env.MY_TOKEN}}");
    }

    @Test
    void noMessageTellsSecrets() throws IOException {
        write("prompts: [a]\nproviders: ['anthropic:tok-1234567', 'ftp://me:pass@host']\ntests: []\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("the provider anthropic:[REDACTED] is not supported")
                .hasMessageContaining("ftp://[REDACTED]@host");
    }

    @Test
    void webhooksTellNoPassword() throws IOException {
        write("""
                prompts: [a]
                providers: [echo]
                tests: [{assert: [{type: webhook, value: "http://me:pass@localhost:1/x"}]}]
                """);
        Map<String, String> process = Map.of("PROMPTFOO_REQUEST_BACKOFF_MS", "1");
        Suite suite = SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, process);
        ResultRow row = new SuiteRun(suite, process, Map.of(), (done, total) -> {})
                .run()
                .get(0);
        assertThat(row.error()).contains("localhost:1 cannot be reached").doesNotContain("me:pass");
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), text);
    }

    private Suite read() {
        return SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, PROCESS);
    }

    private List<ResultRow> run() {
        return new SuiteRun(read(), PROCESS, Map.of(), (done, total) -> {}).run();
    }
}
