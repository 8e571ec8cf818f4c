package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EveryLocale
class EvaluationReportTest {
    @TempDir
    Path directory;

    @Test
    void showsMetricsChangesLabelsAndConfusions() {
        String page = HtmlReport.render(
                "intents",
                scores(List.of("a", "a", "b", "b"), List.of("a", "b", "a", "c"), List.of("a", "a", "b", "a")),
                null,
                List.of());
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
        EvaluationReport.write(directory.resolve("1"), "n", scores, List.of());
        EvaluationReport.write(directory.resolve("2"), "n", scores, List.of());
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
    void showsTheRulesOnceTheyAreJudged() throws IOException {
        Scores scores = SampleScores.of(
                SampleScores.answers("tuned", 200, i -> i >= 12 && i < 175),
                SampleScores.answers("base", 200, i -> i < 50));
        List<Rule> rules = List.of(
                Rules.gain("accuracy", "base", 0.05),
                Rules.maximum("macro-f1", 0.8),
                Rules.warns(Rules.where(Rules.minimum("accuracy", 0.9), Map.of("lang", "de"))),
                Rules.drop("accuracy", "released", 0));
        EvaluationReport.write(directory, "n", scores, List.of());
        for (String name : List.of("report.html", "report.md")) {
            assertThat(directory.resolve(name)).content().doesNotContain("FAIL", "Acceptance", "over base");
        }

        ReleasedAdapter none = ReleasedAdapter.none(ReleasedAdapter.State.DISABLED, "none.");
        EvaluationReport.write(directory, "n", scores, Gate.check(rules, scores, none), List.of());

        assertThat(directory.resolve("report.html"))
                .content()
                .contains(
                        "<p class=\"verdict fails\">FAIL: 1 of 3 acceptance rules not met, 1 warned, 1 not applied.</p>")
                .containsSubsequence(
                        "<h2>Acceptance rules</h2>",
                        "<tr><td><bdi>accuracy over base</bdi><p class=\"note\"><bdi>accuracy gains 0.5650 over base (0.2500"
                                + " to 0.8150), at least the minimum gain 0.05.</bdi></p><td class=\"n\">+0.5650<td class=\"n\">"
                                + "≥ +0.05<td class=\"n\">+0.490 to +0.631<td class=\"n\">0.00010"
                                + "<td class=\"verdict passes\">PASS</tr>",
                        "<tr><td><bdi>macro-f1</bdi>",
                        "<td class=\"verdict fails\">FAIL</tr>",
                        "<tr><td><bdi>accuracy [lang=de]</bdi>",
                        "<td class=\"verdict warns\">FAIL</tr>",
                        "<p class=\"note\"><bdi>acceptance[3], over: released, is not applied: none.</bdi></p>");
        assertThat(directory.resolve("report.md")).content().startsWith("""
                # n: evaluation

                **FAIL: 1 of 3 acceptance rules not met, 1 warned, 1 not applied.**

                | rule | measured | asked | interval | p | verdict |
                |---|--:|--:|--:|--:|---|
                | accuracy over base | +0.5650 | ≥ +0.05 | +0.490 to +0.631 | 0.00010 | PASS |
                | macro-f1 | 0.8981 | ≤ 0.80 | 0.867 to 0.924 |  | FAIL |
                | accuracy \\[lang=de\\] | 0.8200 | ≥ 0.90 | 0.749 to 0.874 |  | FAIL |

                - macro-f1 is 0.8981, above the maximum 0.80.
                - accuracy where lang: de is 0.8200, below the minimum 0.90.
                - acceptance\\[3\\], over: released, is not applied: none.

                | metric | base | tuned | gain |
                """);
    }

    @Test
    void fitsIntoAComment() {
        Scores scores = scores(List.of("a", "a"), List.of("b", "b"), List.of("a", "b"));
        List<String> remarks = Collections.nCopies(100, "@everyone " + "x".repeat(270_000));
        String report = MarkdownReport.render("n", scores, null, remarks);
        assertThat(report).hasSizeLessThan(61_000).endsWith("x…\n>\n\nThe rest is in `report.html`.\n");
        assertThat(report).doesNotContain("@everyone");
        assertThat(HtmlReport.render("n", scores, null, remarks)).hasSizeLessThan(300_000);
    }

    @Test
    void whereThereAreNoRulesItSaysSo() {
        Scores scores = scores(List.of("a", "a"), List.of("b", "b"), List.of("a", "b"));
        GateResult judged = Gate.check(List.of(), scores, null);
        assertThat(HtmlReport.render("n", scores, judged, List.of()))
                .contains(
                        "<p class=\"verdict warns\">NOT JUDGED: There are no acceptance rules: any quality is accepted.</p>")
                .doesNotContain("<h2>Acceptance rules");
        assertThat(MarkdownReport.render("n", scores, judged, List.of())).startsWith("""
                # n: evaluation

                **NOT JUDGED: There are no acceptance rules: any quality is accepted.**

                | metric |""");
    }

    @Test
    void loadsNothingAndRunsNothing() {
        String page = HtmlReport.render("n", scores(List.of("a"), List.of("b"), List.of("a")), null, List.of());
        assertThat(page).contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        assertThat(page).doesNotContain("<script", "http://", "https://", "url(", "@import", "<link", "<img");
    }

    @Test
    void escapesHostileText() {
        String hostile = "</td><script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp;\u0000\u202E|`";
        Scores scores = scores(List.of(hostile, hostile), List.of(hostile, "x"), List.of("y" + hostile, hostile));
        GateResult judged = judged(List.of(sliced(hostile)), hostile);
        String page = HtmlReport.render(hostile, scores, judged, List.of());
        assertThat(page).doesNotContain("<script", "<img", "\u0000", "\u202E", "alert('x')", "onerror=\"");
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&amp;amp;\uFFFD\uFFFD|`");
        assertThat(MarkdownReport.render(hostile, scores, judged, List.of()))
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
            assertThat(tags(page(texts, round))).isEqualTo(tags(page(harmless, round)));
        }
    }

    @Test
    void leavesOutLabelsWhenAllAnswersDiffer() {
        String page = HtmlReport.render(
                "n", scores(List.of("a", "b"), List.of("c", "d"), List.of("a", "d")), null, List.of());
        assertThat(page).contains("Every expected answer is different").doesNotContain("lowest F1 first");
    }

    @Test
    void showsOneModelAlone() {
        Scores both = scores(List.of("a", "a"), List.of("b", "b"), List.of("a", ""));
        Scores alone =
                SampleScores.of(both.test().provider(ProviderScores.TUNED).orElseThrow());
        String page = HtmlReport.render("n", alone, null, List.of());
        assertThat(page.substring(page.indexOf("</style>")))
                .contains("2 test items, answered by tuned", "<em class=\"note\">nothing</em>")
                .doesNotContain("base", "What tuning changed", "gain\">+");
        assertThat(MarkdownReport.render("n", alone, null, List.of()))
                .contains("| accuracy | 0.5000 | – |", "| a | *(nothing)* | 1 |");
    }

    @Test
    void limitsLongListsAndLongAnswers() {
        List<String> expected = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("label " + i / 2);
            wrong.add("😀".repeat(500) + i);
        }
        String page = HtmlReport.render("n", scores(expected, wrong, expected), null, List.of());
        assertThat(page.split("<td class=\"id\">", -1)).hasSize(1 + 50);
        assertThat(page).contains("Not shown: 450 more.", "Not shown: 50 labels with a higher F1.");
        assertThat(page).contains("😀".repeat(400) + "…").doesNotContain("😀".repeat(401));
    }

    private static String page(List<String> texts, int round) {
        Scores scores = drawnFrom(texts, round);
        return HtmlReport.render(texts.get(0), scores, judged(List.of(sliced(texts.get(1))), texts.get(2)), List.of());
    }

    /** A rule on the items whose metadata has this text, which none has. */
    private static Rule sliced(String text) {
        return Rules.where(Rules.minimum("accuracy", 0.5), Map.of(text, text));
    }

    private static GateResult judged(List<Rule> rules, String text) {
        List<RuleResult> results = rules.stream()
                .map(rule -> new RuleResult(
                        rule,
                        text,
                        1,
                        new RuleResult.Estimate(0.5, 0.5, new Interval(0.4, 0.6)),
                        new RuleResult.Significance(0.5, 0.5, null),
                        Verdict.INCONCLUSIVE,
                        false,
                        text))
                .toList();
        return new GateResult(Verdict.PASS, results, List.of(text));
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
