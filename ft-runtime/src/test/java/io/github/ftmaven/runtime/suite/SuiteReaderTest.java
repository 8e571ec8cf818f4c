package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where promptfoo is silently green, a line and a column. */
class SuiteReaderTest {
    @TempDir
    private Path directory;

    @Test
    void refusesWhatPromptfooPassesOver() throws IOException {
        assertRefused(
                """
                prompts: ["{{x}}"]
                providers: [echo]
                test: []
                tests:
                  - vars: {x: 1}
                    asssert: [{type: equals, value: a}]
                  - vars: {x: 2}
                    assert:
                      - {type: contain, value: a, treshold: 1}
                """,
                "s.yaml:3:1: unknown key 'test'. Did you mean 'tests'?",
                "s.yaml:6:5: unknown key 'asssert' in a test. Did you mean 'assert'?",
                "s.yaml:9:35: unknown key 'treshold' in an assertion. Did you mean 'threshold'?",
                "s.yaml:9:10: unknown assertion type 'contain'. Did you mean 'contains'?",
                "s.yaml:5:5: this test has no assertion, so any answer would pass. Add assert.");
    }

    @Test
    void isAsForgivingOnRequest() throws IOException {
        write("prompts: [a]\nproviders: [echo]\ntestss: 1\ntests: [{vars: {x: 1}}]\nsharing: true\n");
        Suite suite = SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", true, Map.of());
        assertThat(suite.warnings())
                .containsExactly(
                        "s.yaml:3:1: unknown key 'testss'. Did you mean 'tests'?",
                        "s.yaml:5:1: sharing has no effect here.",
                        "s.yaml:4:9: this test has no assertion, so any answer would pass. Add assert.");
    }

    @Test
    void namesFilesThatAreMissing() throws IOException {
        assertRefused(
                """
                prompts: [file://none.txt]
                providers: [file://none.yaml]
                defaultTest: file://none.yaml
                tests: [none.csv, {vars: vars/*.yaml, assert: [{type: is-json}]}]
                """,
                "s.yaml:1:11: the prompt none.txt does not exist.",
                "s.yaml:2:13: the provider's file none.yaml does not exist.",
                "s.yaml:3:1: the default test none.yaml does not exist.",
                "s.yaml:4:9: the tests none.csv do not exist.",
                "s.yaml:4:19: the variables file vars/*.yaml does not exist.");
    }

    @Test
    void saysWhatIsNotToBeHadHere() throws IOException {
        assertRefused(
                """
                prompts: [a, p.py]
                providers: [anthropic:messages:x, ecoh]
                extensions: [file://x.js]
                tests:
                  - assert: [{type: agent-rubric, value: polite}, {type: python, value: 'True'}]
                """,
                "s.yaml:3:1: extensions is not supported. Remove it.",
                "s.yaml:1:14: the prompt p.py is a program in an unsupported language. Use a text, or JavaScript.",
                "s.yaml:2:13: the provider anthropic:messages:x is not supported. Supported are echo, openai:chat:MODEL"
                        + " with config.apiBaseUrl, http(s) URLs, ft:tuned, ft:base and ft: with a baseline's label.",
                "s.yaml:2:35: the provider ecoh is not supported. Supported are echo, openai:chat:MODEL with"
                        + " config.apiBaseUrl, http(s) URLs, ft:tuned, ft:base and ft: with a baseline's label. Did you mean 'echo'?",
                "s.yaml:5:15: the assertion agent-rubric needs an agent as its judge, which is not available here.",
                "s.yaml:5:52: the assertion python needs Python, which is not available here.");
    }

    @Test
    void namesTheRowOfATable() throws IOException {
        Files.writeString(
                directory.resolve("t.csv"),
                "q,__expected,_threshold,__thresold\nx,equals: y,,\nz,a,b\n\"m\nn\",o,p,q,r\n");
        assertRefused(
                "prompts: [a]\nproviders: [echo]\ntests: t.csv\n",
                "t.csv:1: the column _threshold begins with one underscore. Did you mean '__threshold'?",
                "t.csv:1: unknown column __thresold. Did you mean '__threshold'?",
                "t.csv:3: the row has 3 fields, but the header has 4.",
                "t.csv:4: the row has 5 fields, but the header has 4.");
    }

    @Test
    void namesVariablesThatAreNotSet() throws IOException {
        assertRefused(
                """
                prompts: ["{{nmae}} {{ name | upper }} {{ x | default('') }} {{ a.b }} {{ env.HOME }}", "{% if y %}{{ y }}{% endif %}"]
                providers: [echo]
                tests: [{vars: {name: n}, assert: [{type: contains, value: n}]}]
                """,
                "s.yaml:3:9: the prompt '{{nmae}} {{ name | upper }} {{ x | default('') }} {{ a.b }} …' uses the"
                        + " variable nmae, which this test does not set. Did you mean 'name'?");
    }

    @Test
    void saysWhyScriptsMakeNoTests() throws IOException {
        Files.writeString(
                directory.resolve("t.js"), "module.exports = { one: () => 1, bad: () => { throw new Error('no'); } };");
        assertRefused(
                """
                prompts: [a]
                providers: [echo]
                tests: ["file://t.js:one", "file://t.js:bad", "file://u.js"]
                defaultTest: {assertScoringFunction: "file://s.py", assert: [{type: javascript, value: "package:x:y"}]}
                """,
                "s.yaml:4:15: assertScoringFunction must be a file:// JavaScript file; file://s.py is not supported.",
                "s.yaml:4:1: package:x:y is a Node.js module, which is not available here. Put the code into a file.",
                "s.yaml:3:9: t.js must return a list of tests.",
                "s.yaml:3:28: the function in t.js failed: no.",
                "s.yaml:3:47: the function in u.js failed: u.js: no such file.",
                "s.yaml: there are no tests.");
    }

    @Test
    void oneScriptThatNeverEndsLeavesTheOthersTheirResults() throws IOException {
        write("""
                prompts: ["{{x}}"]
                providers: [echo]
                tests:
                  - {vars: {x: a}, assert: [{type: javascript, value: "(() => { while (true) {} })()"}]}
                  - {vars: {x: b}, assert: [{type: javascript, value: "output === 'b'"}]}
                """);
        List<ResultRow> rows = new SuiteRun(read(), Map.of(), Map.of(), (done, total) -> {}).run();
        assertThat(rows).extracting(ResultRow::passed).containsExactly(false, true);
        assertThat(rows.get(0).error()).startsWith("Error: The script took longer than 5000 ms");
    }

    @Test
    void yamlHasItsPlace() throws IOException {
        assertRefused("prompts: [a]\nprompts: [b]\n", "s.yaml:2:1: duplicate key 'prompts'");
        write("prompts: [a\nproviders: b\n");
        assertThatThrownBy(this::read).isInstanceOf(InvalidInputException.class).hasMessageStartingWith("s.yaml:2:");
    }

    @Test
    void putsTheEnvironmentIn() throws IOException {
        write("""
                env: {OWN: own}
                prompts: ["{{ env.OWN }} {{ env.OUTER }} {{ env.NONE }}"]
                providers: [echo]
                tests: [{assert: [{type: contains, value: own}]}]
                """);
        assertThat(SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of("OUTER", "outer"))
                        .prompts())
                .containsExactly(new Prompt("own outer {{ env.NONE }}", "own outer {{ env.NONE }}"));
    }

    @Test
    void knowsWhichVariablesItDependsOn() throws IOException {
        Files.writeString(
                directory.resolve("prompt.txt"), "{{ env['PROMPT'] | upper }} {{ env.OWN }} {{ env.API_TOKEN }}");
        write("""
                env: {OWN: own}
                prompts: ["{{ env.OWN }} {{ env.OUTER }} {{ env.NONE | default('x') }}", file://prompt.txt]
                providers: [{id: "openai:chat:m", config: {apiKey: "{{ env.KEY }}", headers: {A: ["{{ env.TOKEN }}"]}}}]
                tests: [{vars: {w: "{% if env.WORD %}w{% endif %}"}, assert: [{type: contains, value: own}]}]
                """);
        Map<String, String> process = Map.of(
                "OUTER",
                "outer",
                "KEY",
                "k",
                "TOKEN",
                "t",
                "WORD",
                "w",
                "OTHER",
                "o",
                "PROMPT",
                "p",
                "OPENAI_BASE_URL",
                "http://localhost:1");
        Suite suite = SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, process);
        assertThat(suite.source().variables())
                .isEqualTo(Map.of(
                        "OUTER",
                        "outer",
                        "NONE",
                        "",
                        "WORD",
                        "w",
                        "PROMPT",
                        "p",
                        "OPENAI_BASE_URL",
                        "http://localhost:1"));
        assertThat(suite.source().config().toString())
                .contains("{{ env.OUTER }}", "{{ env.KEY }}", "{{ env.TOKEN }}")
                .doesNotContain("\"k\"", "\"t\"");
        assertThat(suite.providers().get(0).config().path("apiKey").asText()).isEqualTo("k");
    }

    @Test
    void knowsFilesThatFilesName() throws IOException {
        for (String name : List.of("check.js", "scenario.js", "transform.js")) {
            Files.writeString(directory.resolve(name), "output => true");
        }
        Files.writeString(directory.resolve("default.yaml"), "assert: [{type: javascript, value: file://check.js}]");
        Files.writeString(directory.resolve("provider.yaml"), "{id: echo, transform: file://transform.js}");
        Files.writeString(
                directory.resolve("scenario.yaml"), "[{assert: [{type: javascript, value: file://scenario.js}]}]");
        write("""
                prompts: [a]
                providers: [file://provider.yaml]
                defaultTest: file://default.yaml
                scenarios: [{config: [{vars: {x: 1}}], tests: file://scenario.yaml}]
                tests: [{vars: {x: 1}}]
                """);
        assertThat(SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of())
                        .source()
                        .files())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "s.yaml",
                        "default.yaml",
                        "provider.yaml",
                        "scenario.yaml",
                        "check.js",
                        "scenario.js",
                        "transform.js");
    }

    @Test
    void aFormulaIsChecked() throws IOException {
        assertRefused(
                """
                prompts: [a]
                providers: [echo]
                tests: [{assert: [{type: contains, value: a}]}]
                derivedMetrics: [{name: f, value: "a * (b"}, {name: g, value: "nope(a)"}, {name: h, value: "2 ^ 3 + min(a, 1)"}]
                """,
                "s.yaml:4:28: the formula \"a * (b\" is not valid: Parenthesis ) expected (char 7).",
                "s.yaml:4:56: the formula \"nope(a)\" is not valid: Undefined function nope.");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), yaml);
    }

    private Suite read() {
        return SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of());
    }

    private void assertRefused(String yaml, String... mistakes) throws IOException {
        write(yaml);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines().toList())
                                .containsExactlyElementsOf(List.of(mistakes)));
    }
}
