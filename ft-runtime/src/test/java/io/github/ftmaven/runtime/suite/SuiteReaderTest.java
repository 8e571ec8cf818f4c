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
                "s.yaml:6:5: unknown key 'asssert' of a test. Did you mean 'assert'?",
                "s.yaml:9:35: unknown key 'treshold' of an assertion. Did you mean 'threshold'?",
                "s.yaml:9:10: unknown assertion type 'contain'. Did you mean 'contains'?",
                "s.yaml:5:5: this test has no assertion, so that any answer would pass. Add assert.");
    }

    @Test
    void isAsForgivingOnRequest() throws IOException {
        write("prompts: [a]\nproviders: [echo]\ntestss: 1\ntests: [{vars: {x: 1}}]\nsharing: true\n");
        Suite suite = SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", true, Map.of());
        assertThat(suite.warnings())
                .containsExactly(
                        "s.yaml:3:1: unknown key 'testss'. Did you mean 'tests'?",
                        "s.yaml:5:1: sharing has no effect here.",
                        "s.yaml:4:9: this test has no assertion, so that any answer would pass. Add assert.");
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
                "s.yaml:4:19: the file of variables vars/*.yaml does not exist.");
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
                "s.yaml:3:1: extensions is not run here. Remove it.",
                "s.yaml:1:14: the prompt p.py does not exist.",
                "s.yaml:2:13: the provider anthropic:messages:x is not known here. Known are echo, openai:chat:MODEL"
                        + " with config.apiBaseUrl, http(s) addresses, ft:tuned and ft:base.",
                "s.yaml:2:35: the provider ecoh is not known here. Known are echo, openai:chat:MODEL with"
                        + " config.apiBaseUrl, http(s) addresses, ft:tuned and ft:base. Did you mean 'echo'?",
                "s.yaml:5:15: the assertion agent-rubric needs an agent as its judge, which is not to be had here.",
                "s.yaml:5:52: the assertion python needs Python, which is not to be had here.");
    }

    @Test
    void namesTheRowOfATable() throws IOException {
        Files.writeString(
                directory.resolve("t.csv"),
                "q,__expected,_threshold,__thresold\nx,equals: y,,\nz,a,b\n\"m\nn\",o,p,q,r\n");
        assertRefused(
                "prompts: [a]\nproviders: [echo]\ntests: t.csv\n",
                "t.csv:1: the column _threshold begins with one underscore. Did you mean '__threshold'?",
                "t.csv:1: the column __thresold is not known. Did you mean '__threshold'?",
                "t.csv:3: has 3 fields where the header has 4.",
                "t.csv:4: has 5 fields where the header has 4.");
    }

    @Test
    void yamlHasItsPlace() throws IOException {
        assertRefused("prompts: [a]\nprompts: [b]\n", "s.yaml:2:1: the key 'prompts' stands twice");
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
    void aFormulaIsChecked() throws IOException {
        assertRefused(
                """
                prompts: [a]
                providers: [echo]
                tests: [{assert: [{type: contains, value: a}]}]
                derivedMetrics: [{name: f, value: "a * (b"}, {name: g, value: "nope(a)"}, {name: h, value: "2 ^ 3 + min(a, 1)"}]
                """,
                "s.yaml:4:28: the formula \"a * (b\" cannot be computed: ')' is missing.",
                "s.yaml:4:56: the formula \"nope(a)\" cannot be computed: the function nope is not known.");
        assertThat(Formula.evaluate("2 ^ 3 + min(a, 1) / -2 * (4 - 1)", Map.of("a", 6.0)))
                .isEqualTo(6.5);
        assertThat(Formula.evaluate("none / 0", Map.of())).isNaN();
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
