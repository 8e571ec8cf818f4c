package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.metrics.Confusion;
import io.github.ftmaven.runtime.metrics.LabelReport;
import io.github.ftmaven.runtime.metrics.LabelScores;
import io.github.ftmaven.runtime.scores.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page's tables of labels and of confusions. */
final class LabelTables {
    private static final int MOST_LABELS = 200;
    private static final int MOST_CONFUSIONS = 20;

    private LabelTables() {}

    static void append(StringBuilder out, LabelReport report, Scores scores) {
        confusions(out, report.confusions());
        labels(out, report.labels(), baseF1(scores));
    }

    private static void confusions(StringBuilder out, List<Confusion> confusions) {
        if (confusions.isEmpty()) {
            return;
        }
        int most = confusions.get(0).count();
        out.append("""
                <section>
                <h2>Most frequent confusions</h2>
                <div class="scroll"><table>
                <thead><tr><th>expected<th>answered instead<th class="n">times<th class="graph"></tr></thead>
                <tbody>
                """);
        for (Confusion confusion : confusions.stream().limit(MOST_CONFUSIONS).toList()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr>%s%s<td class=\"n\">%s<td class=\"graph times\">%s</tr>\n",
                    HtmlReport.answer(confusion.expected()),
                    HtmlReport.answer(confusion.answer()),
                    HtmlReport.count(confusion.count()),
                    HtmlReport.bar((double) confusion.count() / most)));
        }
        out.append("</tbody>\n</table></div>\n</section>\n");
    }

    private static void labels(StringBuilder out, List<LabelScores> labels, Map<String, Double> baseF1) {
        boolean compared = !baseF1.isEmpty();
        out.append(String.format(
                Locale.ROOT, """
                <section>
                <h2>Labels <span class="count">%s, lowest F1 first</span></h2>
                <div class="scroll"><table>
                <thead><tr><th>label<th class="n">precision<th class="n">recall%s<th class="n">F1<th class="graph">\
                <th class="n">support</tr></thead>
                <tbody>
                """, HtmlReport.count(labels.size()), compared ? "<th class=\"n\">base F1" : ""));
        for (LabelScores label : labels.stream().limit(MOST_LABELS).toList()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr>%s<td class=\"n\">%s<td class=\"n\">%s%s<td class=\"n\"><b>%s</b><td class=\"graph\">%s<td class=\"n\">%s</tr>\n",
                    HtmlReport.answer(label.label()),
                    decimals(label.precision()),
                    decimals(label.recall()),
                    compared ? "<td class=\"n\">" + decimals(baseF1.getOrDefault(label.label(), 0.0)) : "",
                    decimals(label.f1()),
                    HtmlReport.bar(label.f1()),
                    HtmlReport.count(label.support())));
        }
        out.append("</tbody>\n</table></div>\n");
        if (labels.size() > MOST_LABELS) {
            out.append(String.format(
                    Locale.ROOT,
                    "<p class=\"note\">Not shown: %s with a higher F1.</p>\n",
                    Counted.of(labels.size() - MOST_LABELS, "label")));
        }
        out.append("</section>\n");
    }

    private static Map<String, Double> baseF1(Scores scores) {
        return Providers.comparedBase(scores)
                .map(base -> LabelReport.of(base.items()).labels().stream()
                        .collect(Collectors.toMap(LabelScores::label, LabelScores::f1)))
                .orElse(Map.of());
    }

    private static String decimals(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }
}
