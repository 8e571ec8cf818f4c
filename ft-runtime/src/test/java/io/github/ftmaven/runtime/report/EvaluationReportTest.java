package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
    @TempDir
    Path directory;

    @Test
    void showsMetricsChangesLabelsAndConfusions() {
        String page = HtmlReport.render(
                "intents",
                scores(List.of("a", "a", "b", "b"), List.of("a", "b", "a", "c"), List.of("a", "a", "b", "a")));
        assertThat(page)
                .contains("<h1>intents</h1>", "4 test items, answered by base and tuned")
                .contains("<h2>accuracy <span class=\"gain\">+0.5000</span></h2>")
                .contains("<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:75.00%\"></i></span><b>0.7500</b>")
                .contains("<dt>right in both</dt><dd>1</dd>")
                .contains("<dt>fixed by tuning</dt><dd><a href=\"#fixed\">2</a></dd>")
                .contains("<dt>broken by tuning</dt><dd><a href=\"#broken\">0</a></dd>")
                .contains("<dt>wrong in both</dt><dd>1</dd>")
                .contains("<tr>" + cell("b") + cell("a") + "<td class=\"n\">1<")
                // a: precision 2/3, recall 1, base F1 1/2, F1 4/5; b: 1, 1/2, 0, 2/3
                .containsSubsequence(
                        cell("b")
                                + "<td class=\"n\">1.000<td class=\"n\">0.500<td class=\"n\">0.000<td class=\"n\"><b>0.667</b>",
                        cell("a")
                                + "<td class=\"n\">0.667<td class=\"n\">1.000<td class=\"n\">0.500<td class=\"n\"><b>0.800</b>")
                .contains("<td class=\"id\">t:2" + cell("a") + cell("b"));
    }

    @Test
    void writesBothFormsIdenticallyEachTime() throws IOException {
        Scores scores = scores(List.of("a", "a"), List.of("b", "b"), List.of("a", "b"));
        EvaluationReport.write(directory.resolve("1"), "n", scores);
        EvaluationReport.write(directory.resolve("2"), "n", scores);
        for (String name : List.of("report.html", "report.md")) {
            assertThat(directory.resolve("1").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("2").resolve(name));
        }
        assertThat(directory.resolve("1/report.md")).hasContent("""
                        # n: evaluation

                        | metric | base | tuned | gain |
                        |---|--:|--:|--:|
                        | accuracy | 0.0000 | 0.5000 | +0.5000 |
                        | macro-f1 | 0.0000 | 0.6666 | +0.6666 |

                        Tuning fixed **1** answers and broke **0**; 0 were right before and after, 1 wrong.

                        | expected | answered instead | times |
                        |---|---|--:|
                        | a | b | 1 |

                        Test set `0123456789ab`, artifact `fedcba987654` (SHA-256).
                        """);
    }

    @Test
    void loadsNothingAndRunsNothing() {
        String page = HtmlReport.render("n", scores(List.of("a"), List.of("b"), List.of("a")));
        assertThat(page).contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        assertThat(page).doesNotContain("<script", "http://", "https://", "url(", "@import", "<link", "<img");
    }

    @Test
    void escapesHostileText() {
        String hostile = "</td><script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp;\u0000\u202E|`";
        Scores scores = scores(List.of(hostile, hostile), List.of(hostile, "x"), List.of("y" + hostile, hostile));
        String page = HtmlReport.render(hostile, scores);
        assertThat(page).doesNotContain("<script", "<img", "\u0000", "\u202E", "alert('x')", "onerror=\"");
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&amp;amp;\uFFFD\uFFFD|`");
        assertThat(MarkdownReport.render(hostile, scores))
                .doesNotContain("<script", "<img", "\u0000", "\u202E")
                .contains("\\|\\`");
    }

    /** Whatever the texts are, the page has the tags that harmless texts give it: no text can become markup. */
    @Test
    void noTextChangesTheStructure() {
        Random random = new Random(5);
        String alphabet = "<>&\"'/=!-abc \n\u0000\u2028\u2029\ud83d\u05d0";
        for (int round = 0; round < 200; round++) {
            List<String> harmless = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                StringBuilder text = new StringBuilder("t" + i);
                random.ints(1 + random.nextInt(30), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
                texts.add(text + "t");
                harmless.add("t" + i);
            }
            assertThat(tags(HtmlReport.render(texts.get(0), drawnFrom(texts, round))))
                    .isEqualTo(tags(HtmlReport.render(harmless.get(0), drawnFrom(harmless, round))));
        }
    }

    @Test
    void leavesOutLabelsWhenAllAnswersDiffer() {
        String page = HtmlReport.render("n", scores(List.of("a", "b"), List.of("c", "d"), List.of("a", "d")));
        assertThat(page).contains("Every expected answer is different").doesNotContain("lowest F1 first");
    }

    @Test
    void showsOneModelAlone() {
        Scores both = scores(List.of("a", "a"), List.of("b", "b"), List.of("a", ""));
        Scores alone =
                SampleScores.of(both.test().provider(ProviderScores.TUNED).orElseThrow());
        String page = HtmlReport.render("n", alone);
        assertThat(page.substring(page.indexOf("</style>")))
                .contains("2 test items, answered by tuned", "<em class=\"note\">nothing</em>")
                .doesNotContain("base", "What tuning changed", "gain\">+");
        assertThat(MarkdownReport.render("n", alone)).contains("| accuracy | 0.5000 | – |", "| a | *(nothing)* | 1 |");
    }

    @Test
    void limitsLongListsAndLongAnswers() {
        List<String> expected = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("label " + i / 2);
            wrong.add("😀".repeat(500) + i);
        }
        String page = HtmlReport.render("n", scores(expected, wrong, expected));
        assertThat(page.split("<td class=\"id\">", -1)).hasSize(1 + 50);
        assertThat(page).contains("450 more are left out.", "50 labels with a higher F1 are left out.");
        assertThat(page).contains("😀".repeat(400) + "…").doesNotContain("😀".repeat(401));
    }

    private static String cell(String text) {
        return "<td class=\"answer\"><bdi>" + text + "</bdi>";
    }

    private static String tags(String page) {
        return page.substring(page.indexOf("</style>")).replaceAll("(^|>)[^<]*", "$1");
    }

    private static Scores drawnFrom(List<String> texts, long seed) {
        Random random = new Random(seed);
        List<List<String>> drawn = new ArrayList<>();
        for (int list = 0; list < 3; list++) {
            drawn.add(random.ints(6, 0, texts.size()).mapToObj(texts::get).toList());
        }
        return scores(drawn.get(0), drawn.get(1), drawn.get(2));
    }

    private static Scores scores(List<String> expected, List<String> base, List<String> tuned) {
        return SampleScores.of(
                provider(ProviderScores.TUNED, expected, tuned), provider(ProviderScores.BASE, expected, base));
    }

    private static ProviderScores provider(String name, List<String> expected, List<String> answers) {
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            items.add(Metrics.item("t:" + (i + 1), expected.get(i), answers.get(i)));
        }
        return new ProviderScores(name, Metrics.compute(List.of(Metric.ACCURACY, Metric.MACRO_F1), items), items);
    }
}
