package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.Finding;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.dataset.DatasetProfile;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.Distilled;
import io.github.ftmaven.runtime.dataset.RenderedExample;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.dataset.TokenLengths;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.spec.CheckLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

@EveryLocale
class DatasetPageTest {
    @TempDir
    Path directory;

    private static final String HOSTILE = "<script>alert(\"1\")</script> & \u202e\u0007";

    @Test
    void showsSizesChecksAndLabels() {
        assertThat(DatasetPage.render(profile(HOSTILE)))
                .contains("<h1>Dataset</h1>", "1,200 training, 0 validation, 3 test examples")
                .contains(
                        "<p class=\"note\">900 of 1,200 training rows were answered by the teacher big &amp; co (here).</p>")
                .contains("<p class=\"verdict warns\">1 check found something.</p>")
                .contains("<tr><td><i class=\"key train\"></i>train<td class=\"n\">1,200<td class=\"n\">54,321")
                .contains("<details class=\"finding\" open>\n<summary><span class=\"what\">test: nearly in train</span>"
                        + " <code>nearLeaks</code><b>1,234</b></summary>")
                .contains("<span class=\"id\">test.jsonl:1</span><span class=\"tag\"><bdi>91 % the same</bdi></span>")
                .contains("<p class=\"note\">Not shown: 1,233 more.</p>")
                .contains("<p class=\"note\">Nothing found: overlap.</p>")
                .contains("<i class=\"train\" style=\"width:75.00%\"></i><i class=\"test\" style=\"width:25.00%\"></i>"
                        + "</span><td class=\"n\">900<td class=\"n\">0<td class=\"n\">300</tr>");
    }

    @Test
    void marksWhatIsLearnt() {
        assertThat(DatasetPage.render(profile("Where?")))
                .contains("<figcaption class=\"id\">train.jsonl:7, 12 tokens</figcaption>\n"
                        + "<pre>&lt;s&gt; Where?\nAnswer: <mark>here&lt;/s&gt;</mark></pre>");
        String shortened = DatasetPage.render(profile("x".repeat(10_000) + "END"));
        assertThat(shortened)
                .contains("characters) … x")
                .contains("END\nAnswer: <mark>")
                .hasSizeLessThan(40_000);
    }

    @Test
    void letsNoTextBecomeMarkup() {
        String link = "<a href=\"changes.html\">"; // the only one
        String page = DatasetPage.render(profile(HOSTILE)).replace(link, "");
        assertThat(page)
                .doesNotContain("<script", "\u202e", "\u0007")
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; \ufffd\ufffd")
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .doesNotContainPattern("(?i)(src|href|url)\\s*[=(]");
    }

    @Test
    void drawsChartsAsWellFormedSvg() throws Exception {
        String page = DatasetPage.render(profile("a"));
        List<String> charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(charts).hasSize(3);
        for (String chart : charts) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(chart)));
        }
        assertThat(charts.get(0))
                .contains("<text class=\"limit end\"", ">limit 64</text>")
                .contains("<title>40 to 41: train 1, test 1</title><rect class=\"train\"")
                .contains("aria-label=\"Example in tokens: 40 to 41: train 1, test 1; 50 to 51: train 1\"");
        assertThat(charts.get(1)).doesNotContain("limit");
    }

    @Test
    void saysWhereTheLimitIsFarAway() {
        DatasetProfile near = profile("a");
        DatasetProfile far = new DatasetProfile(
                near.report(),
                new DatasetProfile.Limit(131_072, "the base model's limit"),
                near.lengths(),
                List.of(),
                List.of(),
                List.of());
        assertThat(DatasetPage.render(far))
                .contains("<p class=\"note\">The limit, 131,072, is far to the right.</p>")
                .contains("<p class=\"verdict passes\">The checks found nothing.</p>")
                .doesNotContain("class=\"limit");
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        DatasetReportFiles.write(directory.resolve("1"), profile("a"));
        DatasetReportFiles.write(directory.resolve("2"), profile("a"));
        for (String name : List.of("report.html", "report.json")) {
            assertThat(directory.resolve("1").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("2").resolve(name));
        }
        JsonNode json = Json.lenient()
                .readTree(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("1/report.json"))));
        assertThat(json.at("/checks/1/check").asText()).isEqualTo("nearLeaks");
        assertThat(json.at("/checks/1/level").asText()).isEqualTo("warn");
        assertThat(json.at("/checks/1/findings/0/count").asInt()).isEqualTo(1_234);
        assertThat(json.at("/checks/1/findings/0/first/0/sources/1").asText()).isEqualTo("train.jsonl:2");
        assertThat(json.at("/lengths/example/tokensPerBin").asInt()).isEqualTo(2);
        assertThat(json.at("/lengths/example/train/25").asInt()).isEqualTo(1);
        assertThat(json.at("/labels/0/test").asInt()).isEqualTo(300);
    }

    @Test
    void choosesRoundBins() {
        for (int longest : new int[] {0, 1, 29, 30, 60, 299, 300, 12_345, Integer.MAX_VALUE - 1}) {
            List<TokenLengths> lengths = new ArrayList<>(List.of(new TokenLengths(longest, 0, 0)));
            TokenHistogram histogram = TokenHistogram.of(Map.of(Split.TRAIN, lengths), TokenLengths::whole);
            assertThat(histogram.bins()).isBetween(1, 30);
            assertThat(Integer.toString(histogram.width())).matches("[125]0*");
            assertThat(histogram.count(histogram.bins() - 1)).isEqualTo(1);
        }
    }

    private static DatasetProfile profile(String question) {
        SplitReport.Encoding encoding = new SplitReport.Encoding(0, 0, 0, 0);
        SplitReport train =
                new SplitReport(1_200, new SplitReport.Lengths(54_321, 2, 8, 9.5, 3), 4, encoding, "t".repeat(64));
        SplitReport none = new SplitReport(0, new SplitReport.Lengths(0, 0, 0, 0, 0), 0, encoding, "v".repeat(64));
        SplitReport test = new SplitReport(3, new SplitReport.Lengths(9, 2, 8, 9.5, 3), 0, encoding, "e".repeat(64));
        return new DatasetProfile(
                new DatasetReport(
                        train, none, test, 0, List.of(new Distilled("big & co", "here", 900)), List.of(), List.of()),
                new DatasetProfile.Limit(64, "dataset.maxLength"),
                Map.of(
                        Split.TRAIN, List.of(new TokenLengths(50, 40, 10), new TokenLengths(40, 39, 1)),
                        Split.TEST, List.of(new TokenLengths(41, 40, 1))),
                List.of(new DatasetProfile.LabelCount(question, 900, 0, 300)),
                List.of(
                        new CheckResult("overlap", CheckLevel.WARN, List.of(), "They are not learnt."),
                        new CheckResult(
                                "nearLeaks",
                                CheckLevel.WARN,
                                List.of(new Finding(
                                        "test: nearly in train",
                                        1_234,
                                        List.of(new Sighting(
                                                List.of("test.jsonl:1", "train.jsonl:2"),
                                                List.of(question, question),
                                                "91 % the same")))),
                                "Remove them.")),
                List.of(new RenderedExample(
                        "train.jsonl:7",
                        12,
                        List.of(
                                new RenderedExample.Part("<s> " + question + "\nAnswer: ", false),
                                new RenderedExample.Part("here</s>", true)))));
    }
}
