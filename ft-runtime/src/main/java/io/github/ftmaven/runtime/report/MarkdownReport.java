package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.metrics.Confusion;
import io.github.ftmaven.runtime.metrics.LabelReport;
import io.github.ftmaven.runtime.scores.Scores;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The short form of the report, for a comment on a pull request. */
final class MarkdownReport {
    private static final int MOST_CONFUSIONS = 10;
    private static final int LONGEST_ANSWER = 60;

    /** A comment on GitHub can have at most 65,536 characters. */
    private static final int LONGEST = 60_000;

    private MarkdownReport() {}

    /** The text; {@code gate} is null if the scores have no verdict yet. */
    static String render(String name, Scores scores, @Nullable GateResult gate, List<String> remarks) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(Escape.markdown(name)).append(": evaluation\n\n");
        if (gate != null) {
            RuleTables.markdown(out, gate);
        }
        remarks.forEach(
                remark -> out.append("> ").append(Escape.markdown(remark)).append("\n>\n"));
        out.append(remarks.isEmpty() ? "" : "\n");
        metrics(out, scores);
        Comparison.of(scores).ifPresent(comparison -> changes(out, comparison));
        EvaluationReport.labels(EvaluationReport.subject(scores)).ifPresent(labels -> confusions(out, labels));
        out.append(String.format(
                Locale.ROOT,
                "\nTest set `%.12s`, artifact `%.12s` (SHA-256).\n",
                scores.test().digest(),
                scores.artifactDigest()));
        return shortened(out.toString());
    }

    /** The whole lines that fit. */
    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.lastIndexOf('\n', LONGEST) + 1) + "\nThe rest is in `report.html`.\n";
    }

    /** A table of all metrics of all models. */
    static void metrics(StringBuilder out, Scores scores) {
        List<String> providers = Providers.tunedLast(scores);
        out.append("| metric |");
        providers.forEach(
                provider -> out.append(' ').append(Escape.markdown(provider)).append(" |"));
        out.append(" gain |\n|---|").append("--:|".repeat(providers.size() + 1)).append('\n');
        for (String metric : Providers.metrics(scores)) {
            out.append("| ").append(Escape.markdown(metric)).append(" |");
            for (String provider : providers) {
                Double value = scores.metrics(provider).get(metric);
                out.append(' ')
                        .append(value == null ? "–" : Quantity.print(Quantity.of(value)))
                        .append(" |");
            }
            out.append(' ').append(Providers.printGain(scores, metric)).append(" |\n");
        }
    }

    private static void changes(StringBuilder out, Comparison comparison) {
        out.append(String.format(
                Locale.ROOT,
                "\nTuning fixed **%d** answers and broke **%d**; %d were right before and after, %d wrong.\n",
                comparison.fixed().size(),
                comparison.broken().size(),
                comparison.right(),
                comparison.wrong()));
    }

    private static void confusions(StringBuilder out, LabelReport labels) {
        if (labels.confusions().isEmpty()) {
            return;
        }
        out.append("\n| expected | answered instead | times |\n|---|---|--:|\n");
        for (Confusion confusion :
                labels.confusions().stream().limit(MOST_CONFUSIONS).toList()) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d |\n",
                    cell(confusion.expected()),
                    cell(confusion.answer()),
                    confusion.count()));
        }
    }

    private static String cell(String text) {
        return text.isEmpty() ? "*(nothing)*" : Escape.markdown(Escape.clip(text, LONGEST_ANSWER));
    }
}
