package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rules and their verdicts, in both formats of the report. */
final class RuleTables {
    private RuleTables() {}

    /** The verdict in one line, for the top of the page. */
    static String html(GateResult gate) {
        return String.format(
                Locale.ROOT, "<p class=\"verdict %s\">%s</p>\n", colour(gate.verdict()), Escape.html(verdict(gate)));
    }

    private static String colour(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "passes";
            case FAIL -> "fails";
            case INCONCLUSIVE, NOT_JUDGED -> "warns";
        };
    }

    static void html(StringBuilder out, GateResult gate) {
        List<RuleResult> rules = gate.rules();
        if (rules.isEmpty() && gate.notApplied().isEmpty()) {
            return;
        }
        out.append("<section id=\"rules\">\n<h2>Acceptance rules</h2>\n");
        if (!rules.isEmpty()) {
            out.append("<div class=\"scroll\"><table class=\"rules\">\n<thead><tr>");
            RuleCells.HEADER.forEach(title ->
                    out.append(isNumber(title) ? "<th class=\"n\">" : "<th>").append(title));
            out.append("</tr></thead>\n<tbody>\n");
            rules.forEach(rule -> row(out, rule));
            out.append("</tbody>\n</table></div>\n");
            out.append("""
                    <p class="note">Each end of an interval is a bound at the rule's confidence; p includes Holm's correction.</p>
                    """);
        }
        Stream.concat(gate.notApplied().stream(), gate.alwaysMet().stream())
                .forEach(sentence -> out.append(
                        String.format(Locale.ROOT, "<p class=\"note\"><bdi>%s</bdi></p>\n", Escape.html(sentence))));
        out.append("</section>\n");
    }

    private static void row(StringBuilder out, RuleResult result) {
        RuleCells cells = RuleCells.of(result);
        out.append(String.format(
                Locale.ROOT,
                "<tr><td><bdi>%s</bdi><p class=\"note\"><bdi>%s</bdi></p>",
                Escape.html(cells.rule()),
                Escape.html(result.message())));
        Stream.of(cells.measured(), cells.asked(), cells.interval(), cells.p())
                .forEach(cell -> out.append("<td class=\"n\">").append(Escape.html(cell)));
        out.append(String.format(Locale.ROOT, "<td class=\"verdict %s\">%s</tr>\n", colour(result), cells.verdict()));
    }

    private static boolean isNumber(String title) {
        return !title.equals("rule") && !title.equals("verdict");
    }

    private static String colour(RuleResult result) {
        return result.verdict() == Verdict.PASS ? "passes" : result.failsBuild() ? "fails" : "warns";
    }

    /** The verdict, the table, and sentences about rules that are not simply met. */
    static void markdown(StringBuilder out, GateResult gate) {
        out.append("**").append(verdict(gate)).append("**\n");
        if (!gate.rules().isEmpty()) {
            out.append("\n| ").append(String.join(" | ", RuleCells.HEADER)).append(" |\n|---|--:|--:|--:|--:|---|\n");
        }
        StringBuilder sentences = new StringBuilder();
        for (RuleResult result : gate.rules()) {
            RuleCells cells = RuleCells.of(result);
            out.append("| ").append(Escape.markdown(cells.rule()));
            Stream.of(cells.measured(), cells.asked(), cells.interval(), cells.p(), cells.verdict())
                    .forEach(cell -> out.append(" | ").append(cell));
            out.append(" |\n");
            if (result.verdict() != Verdict.PASS) {
                sentences.append("- ").append(Escape.markdown(result.message())).append('\n');
            }
        }
        Stream.concat(gate.notApplied().stream(), gate.alwaysMet().stream())
                .forEach(sentence ->
                        sentences.append("- ").append(Escape.markdown(sentence)).append('\n'));
        out.append(sentences.isEmpty() ? "" : "\n").append(sentences).append('\n');
    }

    private static String verdict(GateResult gate) {
        return gate.verdict().word() + ": " + gate.message();
    }
}
