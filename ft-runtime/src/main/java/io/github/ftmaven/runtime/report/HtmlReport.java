package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.scores.Scores;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The page: metrics as bars, the rules, what changed, the labels, the items. Its style is {@code report.css}. */
final class HtmlReport {
    private static final int MOST_CHANGES = 50;
    private static final int LONGEST_ANSWER = 400;

    private HtmlReport() {}

    /** The page; {@code gate} is null if the scores have no verdict yet. */
    static String render(String name, Scores scores, @Nullable GateResult gate, List<String> remarks) {
        StringBuilder out = new StringBuilder();
        Page.begin(out, name + ": evaluation", "report.css");
        out.append(String.format(
                Locale.ROOT, """
                <header>
                <h1>%1$s</h1>
                <p>%2$s</p>
                %3$s</header>
                """, Escape.html(name), subtitle(scores), gate == null ? "" : RuleTables.html(gate)));
        remarks(out, remarks);
        metrics(out, scores);
        if (gate != null) {
            RuleTables.html(out, gate);
        }
        Comparison.of(scores).ifPresent(comparison -> outcomes(out, comparison));
        EvaluationReport.labels(EvaluationReport.subject(scores))
                .ifPresentOrElse(labels -> LabelTables.append(out, labels, scores), () -> noLabels(out));
        Comparison.of(scores).ifPresent(comparison -> {
            changes(out, "Broken by tuning", "broken", "tuned answers", comparison.broken());
            changes(out, "Fixed by tuning", "fixed", "base answered", comparison.fixed());
        });
        out.append(String.format(Locale.ROOT, """
                <footer>Test set <code>%s</code><br>Artifact <code>%s</code></footer>
                </main>
                </body>
                </html>
                """, scores.test().digest(), scores.artifactDigest()));
        return out.toString();
    }

    private static String subtitle(Scores scores) {
        List<String> names = Providers.tunedLast(scores);
        int items = scores.test().providers().get(0).items().size();
        int questions = scores.test().questions();
        return String.format(
                Locale.ROOT,
                "%s%s, answered by %s",
                Counted.of(items, "test item"),
                questions == items ? "" : " that ask " + Counted.of(questions, "different question"),
                Escape.html(String.join(" and ", names)));
    }

    private static void remarks(StringBuilder out, List<String> remarks) {
        if (!remarks.isEmpty()) {
            out.append("<section class=\"remarks\">\n<h2>About the dataset</h2>\n<ul>\n");
            remarks.forEach(
                    remark -> out.append("<li>").append(Escape.html(remark)).append("</li>\n"));
            out.append("</ul>\n</section>\n");
        }
    }

    private static void metrics(StringBuilder out, Scores scores) {
        out.append("<section class=\"metrics\">\n");
        for (String metric : Providers.metrics(scores)) {
            String gain = Providers.printGain(scores, metric);
            out.append(String.format(
                    Locale.ROOT,
                    "<div class=\"metric\">\n<h2>%s <span class=\"gain\">%s</span></h2>\n",
                    Escape.html(metric),
                    gain.equals("–") ? "" : gain));
            double most = most(scores, metric);
            for (String provider : Providers.tunedLast(scores)) {
                Double value = scores.metrics(provider).get(metric);
                if (value != null) {
                    out.append(String.format(
                            Locale.ROOT,
                            """
                            <div class="row %1$s"><span>%1$s</span>%2$s<b>%3$s</b></div>
                            """,
                            Escape.html(provider),
                            bar(value / most),
                            Quantity.print(Quantity.of(value))));
                }
            }
            out.append("</div>\n");
        }
        out.append("</section>\n");
    }

    /** The value of a full bar: 1 for shares, otherwise the largest value. */
    private static double most(Scores scores, String metric) {
        return Math.max(
                1,
                scores.providers().stream()
                        .mapToDouble(provider -> scores.metrics(provider).getOrDefault(metric, 0.0))
                        .max()
                        .orElse(1));
    }

    /** A bar filled to a share in [0, 1]; the number stands beside it, so screen readers skip the bar. */
    static String bar(double share) {
        return String.format(
                Locale.ROOT,
                "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:%s%%\"></i></span>",
                percent(share));
    }

    private static void outcomes(StringBuilder out, Comparison comparison) {
        int fixed = comparison.fixed().size();
        int broken = comparison.broken().size();
        double all = comparison.right() + comparison.wrong() + fixed + broken;
        out.append("<section>\n<h2>What tuning changed</h2>\n<div class=\"stack\" aria-hidden=\"true\">");
        segment(out, "right", comparison.right() / all);
        segment(out, "fixed", fixed / all);
        segment(out, "broken", broken / all);
        segment(out, "wrong", comparison.wrong() / all);
        out.append("</div>\n<dl class=\"legend\">\n");
        legend(out, "right", "right in both", count(comparison.right()));
        legend(out, "fixed", "fixed by tuning", link("fixed", fixed));
        legend(out, "broken", "broken by tuning", link("broken", broken));
        legend(out, "wrong", "wrong in both", count(comparison.wrong()));
        out.append("</dl>\n</section>\n");
    }

    private static void segment(StringBuilder out, String kind, double share) {
        if (share > 0) {
            out.append(String.format(Locale.ROOT, "<i class=\"%s\" style=\"flex-grow:%s\"></i>", kind, percent(share)));
        }
    }

    private static void legend(StringBuilder out, String kind, String text, String count) {
        out.append(String.format(Locale.ROOT, "<div class=\"%s\"><dt>%s</dt><dd>%s</dd></div>\n", kind, text, count));
    }

    private static String link(String kind, int count) {
        return String.format(Locale.ROOT, "<a href=\"#%s\">%s</a>", kind, count(count));
    }

    private static void noLabels(StringBuilder out) {
        out.append("<section><p class=\"note\">Every expected answer is different, so there is no table by label.</p>"
                + "</section>\n");
    }

    private static void changes(
            StringBuilder out, String title, String kind, String wrong, List<Comparison.Change> changes) {
        out.append(String.format(
                Locale.ROOT,
                "<section id=\"%s\">\n<h2>%s <span class=\"count\">%s</span></h2>\n",
                kind,
                title,
                count(changes.size())));
        if (changes.isEmpty()) {
            out.append("<p class=\"note\">None.</p>\n</section>\n");
            return;
        }
        out.append(String.format(Locale.ROOT, """
                <div class="scroll"><table class="items">
                <thead><tr><th>item<th>expected<th>%s</tr></thead>
                <tbody>
                """, wrong));
        for (Comparison.Change change : changes.stream().limit(MOST_CHANGES).toList()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td class=\"id\">%s%s%s</tr>\n",
                    Escape.html(change.id()),
                    answer(change.expected()),
                    answer(change.wrong())));
        }
        out.append("</tbody>\n</table></div>\n");
        if (changes.size() > MOST_CHANGES) {
            out.append(String.format(
                    Locale.ROOT, "<p class=\"note\">Not shown: %s more.</p>\n", count(changes.size() - MOST_CHANGES)));
        }
        out.append("</section>\n");
    }

    /** A cell with an answer, isolated so that right-to-left text stays within it. */
    static String answer(String text) {
        return "<td class=\"answer\">"
                + (text.isBlank()
                        ? "<em class=\"note\">nothing</em>"
                        : "<bdi>" + Escape.html(Escape.clip(text.strip(), LONGEST_ANSWER)) + "</bdi>");
    }

    static String count(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
