package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several configurations as one, as promptfoo 0.121.20 merges them, and what of their tests is run. */
class SuiteOptionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("more"));
        Files.writeString(directory.resolve("a.yaml"), """
                description: A
                providers: [echo]
                prompts: ['Hi {{n}}']
                defaultTest: {vars: {n: none}, assert: [{type: contains, value: Hi}]}
                tests: [{vars: {n: a1}, description: the first}]
                evaluateOptions: {repeat: 2}
                """);
        Files.writeString(directory.resolve("more/b.yaml"), """
                description: B
                providers: [echo, {id: echo, label: b}]
                prompts: ['Hi {{n}}', 'Yo {{n}}']
                defaultTest: {options: {prefix: '>'}, metadata: {k: v}, assert: [{type: contains, value: '{{n}}'}]}
                scenarios: [{config: [{vars: {z: 1}}], tests: [{vars: {n: s1}}]}]
                tests: t.csv
                evaluateOptions: {repeat: 1}
                """);
        Files.writeString(
                directory.resolve("more/t.csv"),
                "n,__expected,__metadata:tag[]\nc1,contains: c,\"a,b\"\nc2,contains: c,x\n");
    }

    @Test
    void mergesConfigurations() {
        Suite suite = read("");
        assertThat(suite.description()).isEqualTo("A, B");
        assertThat(suite.source().config().path("description").asText()).isEqualTo("A, B");
        assertThat(suite.prompts()).extracting(Prompt::raw).containsExactly("Hi {{n}}", "Yo {{n}}");
        assertThat(suite.providers()).extracting(ProviderSpec::label).containsExactly("echo", "b");
        List<ResultRow> rows = new SuiteRun(suite, Map.of(), Map.of(), (done, total) -> {}).run();
        assertThat(rows)
                .extracting(row -> row.testIndex() + "/" + row.columnIndex() + " " + row.rendered() + " "
                        + row.test().assertions().size() + " " + row.passed())
                .containsExactly(
                        "0/0 >Hi a1 2 true",
                        "0/1 >Yo a1 2 false",
                        "0/2 >Hi a1 2 true",
                        "0/3 >Yo a1 2 false",
                        "1/0 >Hi c1 3 true",
                        "1/1 >Yo c1 3 false",
                        "1/2 >Hi c1 3 true",
                        "1/3 >Yo c1 3 false",
                        "2/0 >Hi c2 3 true",
                        "2/1 >Yo c2 3 false",
                        "2/2 >Hi c2 3 true",
                        "2/3 >Yo c2 3 false",
                        "3/0 >Hi s1 2 true",
                        "3/1 >Yo s1 2 false",
                        "3/2 >Hi s1 2 true",
                        "3/3 >Yo s1 2 false");
        assertThat(suite.tests())
                .allSatisfy(test -> assertThat(
                                test.json().path("metadata").path("k").asText())
                        .isEqualTo("v"));
        assertThat(ResultsMarkdown.write(suite, rows))
                .startsWith("# A, B\n\n8 of 16 tests pass (50.0 %), 8 fail, 0 are errors.\n")
                .contains("| \\[b\\] Yo {{n}} | 0 | 4 | 0 | 0.583 |\n");
    }

    @Test
    void filters() {
        assertThat(names("filterRange: '1:3'")).containsExactly("c1", "c2");
        assertThat(names("filterRange: '2:'")).containsExactly("c2", "s1");
        assertThat(names("filterFirstN: 1")).containsExactly("a1", "s1");
        assertThat(names("filterPattern: first|[#]2")).containsExactly("a1", "c2", "s1");
        assertThat(names("filterMetadata: tag=b")).containsExactly("c1", "s1");
        assertThat(read("filterProviders: '^b$'").providers())
                .extracting(ProviderSpec::label)
                .containsExactly("b");
    }

    @Test
    void saysWhatNoFilterIs() {
        assertRefused(
                "filterRange: '3:1'",
                "filterRange is '3:1', but must be start:end, counted from 0, excluding the end," + " such as 0:10.");
        assertRefused(
                "filterRange: ':'",
                "filterRange is ':', but must be start:end, counted from 0, excluding the end, such as 0:10.");
        assertRefused("filterPattern: '('", "filterPattern is '(', which is not a regular expression.");
        assertRefused("filterMetadata: tag", "filterMetadata is 'tag', but must be key=value.");
        assertRefused(
                "filterProviders: x", "filterProviders is 'x', but no provider has this name. There are echo, b.");
        assertRefused("filterRange: '9:'", "a.yaml: the filters exclude every test.");
    }

    private void assertRefused(String options, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    private List<String> names(String options) {
        return read(options).tests().stream()
                .map(test -> test.vars().path("n").asText())
                .toList();
    }

    private Suite read(String option) {
        ObjectNode options = JSON.createObjectNode();
        if (!option.isEmpty()) {
            String[] parts = option.split(": ", 2);
            options.put(parts[0], parts[1].replaceAll("^'|'$", ""));
        }
        return SuiteReader.read(
                List.of(
                        new SuiteSource(directory.resolve("a.yaml"), "a.yaml"),
                        new SuiteSource(directory.resolve("more/b.yaml"), "b.yaml")),
                false,
                Map.of(),
                new SuiteOptions(options),
                MissingNode.getInstance());
    }
}
