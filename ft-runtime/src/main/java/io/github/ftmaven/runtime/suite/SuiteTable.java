package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats results for a console: a line for each provider and prompt, then the failures. */
public final class SuiteTable {
    private static final int SHOWN_FAILURES = 20;
    private static final int WIDTH = 60;

    private SuiteTable() {}

    /** The lines. */
    public static List<String> lines(Suite suite, List<ResultRow> rows) {
        List<String> lines = new ArrayList<>();
        List<Column> columns = SuiteRun.columns(suite);
        int width = columns.stream()
                .mapToInt(column -> shortened(suite, column.title()).length())
                .max()
                .orElse(0);
        lines.add(String.format(
                Locale.ROOT, "  %-" + Math.max(width, 8) + "s  passed  failed  errors  rate", "provider"));
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            Tally tally = Tally.of(
                    rows.stream().filter(row -> row.columnIndex() == column).toList());
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(width, 8) + "s  %,6d  %,6d  %,6d  %.1f %%",
                    shortened(suite, columns.get(c).title()),
                    tally.passed(),
                    tally.failed(),
                    tally.errors(),
                    tally.passRate()));
        }
        List<ResultRow> bad = rows.stream().filter(row -> !row.passed()).toList();
        for (ResultRow row : bad.subList(0, Math.min(SHOWN_FAILURES, bad.size()))) {
            lines.add((row.error() != null ? "  ERROR " : "  FAIL  ")
                    + shortened(suite, row.test().place()) + " ["
                    + shortened(suite, row.column().provider().label()) + "]: "
                    + shortened(suite, row.reason()));
        }
        if (bad.size() > SHOWN_FAILURES) {
            lines.add("  and " + (bad.size() - SHOWN_FAILURES) + " more");
        }
        return lines;
    }

    private static String shortened(Suite suite, String text) {
        return OneLine.of(suite.secrets().masked(text), WIDTH * 2);
    }
}
