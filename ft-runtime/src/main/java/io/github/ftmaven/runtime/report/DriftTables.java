package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.drift.Drift;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.LabelShift;
import java.util.List;
import java.util.Locale;

/** The tables about how far one set is from another. */
final class DriftTables {
    private static final int MOST_LABELS = 50;

    /** From which value on a bar is full: twice what is called a major shift. */
    private static final double FULL = 0.5;

    private DriftTables() {}

    static void drift(StringBuilder out, Drift drift) {
        out.append("""
                <div class="scroll"><table>
                <thead><tr><th>drift of<th class="graph"><th class="n">score<th class="n">by chance</tr></thead>
                <tbody>
                """);
        for (Drift.Part part : drift.parts()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td class=\"graph\">%s<td class=\"n\">%.3f<td class=\"n\">%.3f</tr>\n",
                    part.name(),
                    HtmlReport.bar(Math.min(1, part.value() / FULL)),
                    part.value(),
                    part.byChance()));
        }
        out.append("""
                </tbody>
                </table></div>
                <p class="note">Labels and lengths: population stability index, where 0.1 is a slight shift and 0.25 a major \
                one. Vocabulary: Jensen-Shannon divergence, from 0 to 1. By chance: what two samples of these sizes from one \
                population would show.</p>
                """);
    }

    static void labels(StringBuilder out, List<LabelShift> labels, String before, String after) {
        if (labels.isEmpty()) {
            return;
        }
        out.append(String.format(Locale.ROOT, """
                <div class="scroll"><table class="labels">
                <thead><tr><th>label<th class="n">%s<th class="n">%s<th class="n">change</tr></thead>
                <tbody>
                """, before, after));
        labels.stream()
                .limit(MOST_LABELS)
                .forEach(shift -> out.append("<tr>")
                        .append(HtmlReport.answer(Fingerprint.shown(shift.label())))
                        .append(String.format(
                                Locale.ROOT,
                                "<td class=\"n\">%.1f %%<td class=\"n\">%.1f %%<td class=\"n\">%+.1f</tr>\n",
                                100 * shift.before(),
                                100 * shift.after(),
                                100 * shift.change())));
        out.append("</tbody>\n</table></div>\n");
        if (labels.size() > MOST_LABELS) {
            out.append(String.format(
                    Locale.ROOT,
                    "<p class=\"note\">Not shown: %,d labels that changed less.</p>\n",
                    labels.size() - MOST_LABELS));
        }
    }
}
