package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.OneLine;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes results as a Markdown summary: a line for each provider and prompt, the metrics, the failures. */
public final class ResultsMarkdown {
    private static final int SHOWN = 100;
    private static final int WIDTH = 200;

    private static final Pattern SPECIAL = Pattern.compile("[\\\\|*_`<>\\[\\]&~$#!]");

    /** An invisible space after these keeps GitHub from creating mentions, references and links. */
    private static final Pattern LINKED = Pattern.compile("@|#(?=[0-9])|(?<=:)/(?=/)|(?i:www(?=\\.))");

    private ResultsMarkdown() {}

    /** The whole file. */
    public static String write(Suite suite, List<ResultRow> rows) {
        StringBuilder text = new StringBuilder();
        Tally all = Tally.of(rows);
        text.append("# ")
                .append(suite.description().isEmpty() ? "promptfoo" : cell(suite, suite.description()))
                .append(String.format(
                        Locale.ROOT,
                        "\n\n%,d of %s %s (%.1f %%), %,d %s, %,d %s.\n",
                        all.passed(),
                        Counted.of(all.total(), "test"),
                        all.passed() == 1 ? "passes" : "pass",
                        all.passRate(),
                        all.failed(),
                        all.failed() == 1 ? "fails" : "fail",
                        all.errors(),
                        all.errors() == 1 ? "is an error" : "are errors"));
        columns(suite, rows, text);
        bad(suite, rows, text);
        return text.toString();
    }

    private static void columns(Suite suite, List<ResultRow> rows, StringBuilder text) {
        Set<String> metrics = new TreeSet<>(Tally.of(rows).named().scores().keySet());
        text.append("\n| provider and prompt | passed | failed | errors | score |");
        metrics.forEach(name -> text.append(' ').append(cell(suite, name)).append(" |"));
        text.append("\n|---|--:|--:|--:|--:|")
                .append("--:|".repeat(metrics.size()))
                .append('\n');
        List<Column> columns = SuiteRun.columns(suite);
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            Tally tally = Tally.of(
                    rows.stream().filter(row -> row.columnIndex() == column).toList());
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %s |",
                    cell(suite, columns.get(c).title()),
                    tally.passed(),
                    tally.failed(),
                    tally.errors(),
                    Js.fixed(tally.total() == 0 ? 0 : tally.score() / tally.total(), 3)));
            for (String name : metrics) {
                double weight = tally.named().weights().getOrDefault(name, 0.0);
                text.append(' ')
                        .append(weight > 0 ? Js.fixed(tally.named().scores().getOrDefault(name, 0.0) / weight, 3) : "")
                        .append(" |");
            }
            text.append('\n');
        }
    }

    private static void bad(Suite suite, List<ResultRow> rows, StringBuilder text) {
        List<ResultRow> bad = rows.stream().filter(row -> !row.passed()).toList();
        if (bad.isEmpty()) {
            return;
        }
        text.append("\n| test | provider | variables | why not |\n|---|---|---|---|\n");
        for (ResultRow row : bad.subList(0, Math.min(SHOWN, bad.size()))) {
            String description = row.test().json().path("description").asText("");
            String vars = row.vars().properties().stream()
                    .map(entry -> entry.getKey() + ": " + Js.text(entry.getValue()))
                    .collect(Collectors.joining(", "));
            text.append("| ")
                    .append(cell(suite, description.isEmpty() ? row.test().place() : description))
                    .append(" | ")
                    .append(cell(suite, row.column().provider().label()))
                    .append(" | ")
                    .append(cell(suite, vars))
                    .append(" | ")
                    .append(row.error() == null ? "" : "**ERROR** ")
                    .append(cell(suite, row.reason()))
                    .append(" |\n");
        }
        if (bad.size() > SHOWN) {
            text.append(String.format(Locale.ROOT, "\nAnd %,d more.\n", bad.size() - SHOWN));
        }
    }

    /** Text that cannot break out of its cell, mention anyone or create links. */
    private static String cell(Suite suite, String text) {
        String shown = OneLine.of(suite.secrets().masked(text), WIDTH);
        return LINKED.matcher(SPECIAL.matcher(shown).replaceAll("\\\\$0")).replaceAll("$0\u200B");
    }
}
