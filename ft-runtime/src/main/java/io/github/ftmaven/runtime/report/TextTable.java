package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.PrintableText;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells in aligned columns: the first to the left, the others to the right. */
final class TextTable {
    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all rows have the same number of cells. Untrusted text in them is harmless. */
    void add(List<String> cells) {
        rows.add(cells.stream().map(PrintableText::line).toList());
    }

    /** The rows as lines of equal width. */
    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String padding = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? INDENT + row.get(c) + padding : GAP + padding + row.get(c));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
