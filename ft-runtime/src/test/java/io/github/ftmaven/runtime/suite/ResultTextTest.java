package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.assertion.Response;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Whatever a model says, the files of results stay files, and their readers unharmed. */
@EveryLocale
class ResultTextTest {
    @TempDir
    private Path directory;

    private Suite suite;

    @BeforeEach
    void read() throws Exception {
        Files.writeString(directory.resolve("s.yaml"), """
                prompts: ['{{q}}']
                providers: [echo, 'ft:tuned']
                tests: [{vars: {q: '-1'}, assert: [{type: javascript, value: '({pass: false, score: 0, reason: output})'}]}]
                """);
        suite = SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of());
    }

    private List<ResultRow> rows(String answer) {
        Provider says =
                (prompt, vars) -> new Response(TextNode.valueOf(answer), 0, 0.0, null, null, Response.Tokens.NONE);
        return new SuiteRun(suite, Map.of(), Map.of("ft:tuned", says), (done, total) -> {}).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"})
    void noCellIsAFormula(String answer) throws Exception {
        String csv = ResultsCsv.write(suite, rows(answer));
        List<CSVRecord> records = CSVFormat.DEFAULT.parse(new StringReader(csv)).getRecords();
        CSVRecord row = records.get(1);
        assertThat(row.toList()).contains("-1", "0.00"); // numbers are numbers
        assertThat(row.get(records.get(0).toList().indexOf("[ft:tuned] {{q}}")))
                .startsWith("'" + answer.substring(0, 1));
        assertThat(row.toList()).noneMatch(cell -> cell.matches("(?s)\\s*[=+@].*"));
    }

    @Test
    void halvesOfSurrogatesAreReplaced() throws Exception {
        List<ResultRow> rows = rows("a\uD800b\uDC00c \uD83D\uDE00 \0 \u001b[31m \uFFFF");
        String json = new JsonMapper().writeValueAsString(new ResultsJson(suite, rows, Instant.EPOCH).json());
        for (String written : List.of(
                json, ResultsCsv.write(suite, rows), ResultsMarkdown.write(suite, rows), JUnitXml.write(suite, rows))) {
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
            assertThat(written).contains("a\uFFFDb\uFFFDc");
        }
        assertThat(new JsonMapper()
                        .readTree(json)
                        .at("/results/results/1/response/output")
                        .textValue())
                .isEqualTo("a\uFFFDb\uFFFDc \uD83D\uDE00 \0 \u001b[31m \uFFFF");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.write(suite, rows))));
    }

    @Test
    void theConsoleObeysNobody() {
        String answer = "\u001b[2J\u001b]0;t\u0007 \u202Eevil\u2066 \b\b\b \u009b31m x\ny";
        List<String> lines = SuiteTable.lines(suite, rows(answer));
        assertThat(lines.get(lines.size() - 1)).contains("\uFFFD[2J", "evil", "x y");
        assertThat(String.join("\n", lines)).doesNotContain("\u001b", "\u0007", "\u202E", "\u2066", "\b", "\u009b");
    }

    @Test
    void longMessagesAreShortened() {
        List<ResultRow> rows = rows("x".repeat(270_000));
        assertThat(String.join("\n", SuiteTable.lines(suite, rows)).length()).isLessThan(1_500);
        assertThat(ResultsMarkdown.write(suite, rows).length()).isLessThan(2_000);
    }

    @Test
    void markdownCallsNobodyAndLeadsNowhere() {
        String markdown = ResultsMarkdown.write(
                suite,
                rows(
                        "@team <img src=x onerror=y> [a](http://evil) ![b](x) https://evil.example www.evil.example #12 | `c` &lt; $x$"));
        assertThat(markdown)
                .contains("@\u200Bteam", "\\<img", "\\[a\\](http:/\u200B/evil)", "https:/\u200B/evil", "www\u200B.evil")
                .contains("\\#\u200B12", "\\|", "\\`c\\`", "\\&lt;", "\\$x\\$")
                .doesNotContain("@team", "://", " #12");
    }
}
