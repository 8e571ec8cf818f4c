package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.assertion.Js;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/**
 * Writes results as a table: a row for each test, with output, status, score and reason for each provider and prompt.
 * Cells that a spreadsheet would interpret as formulas begin with an apostrophe.
 */
public final class ResultsCsv {
    private static final Pattern FORMULA = Pattern.compile("\\s*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private ResultsCsv() {}

    /** The whole file. */
    public static String write(Suite suite, List<ResultRow> rows) {
        StringBuilder text = new StringBuilder();
        Set<String> vars = new LinkedHashSet<>();
        rows.forEach(row -> row.vars().fieldNames().forEachRemaining(vars::add));
        List<Column> columns = SuiteRun.columns(suite);
        List<String> header = new ArrayList<>(List.of("Description"));
        header.addAll(vars);
        for (Column column : columns) {
            header.addAll(List.of(column.title(), "Status", "Score", "Grader Reason"));
        }
        print(suite, header, text);
        int tests = rows.stream().mapToInt(ResultRow::testIndex).max().orElse(-1) + 1;
        for (int t = 0; t < tests; t++) {
            int test = t;
            List<ResultRow> own =
                    rows.stream().filter(row -> row.testIndex() == test).toList();
            if (!own.isEmpty()) {
                print(suite, line(own, vars, columns.size()), text);
            }
        }
        return text.toString();
    }

    private static void print(Suite suite, List<String> fields, StringBuilder text) {
        Object[] cells = fields.stream()
                .map(field -> cell(suite.secrets().masked(field)))
                .toArray();
        text.append(CSVFormat.DEFAULT.format(cells)).append('\n');
    }

    private static String cell(String text) {
        String shown = Shown.wellFormed(text).replace('\0', '\uFFFD');
        return FORMULA.matcher(shown).lookingAt() && !NUMBER.matcher(shown).matches() ? "'" + shown : shown;
    }

    private static List<String> line(List<ResultRow> own, Set<String> vars, int columns) {
        ResultRow first = own.get(0);
        List<String> line =
                new ArrayList<>(List.of(first.test().json().path("description").asText("")));
        for (String name : vars) {
            line.add(first.vars().has(name) ? Js.text(first.vars().get(name)) : "");
        }
        for (int c = 0; c < columns; c++) {
            int column = c;
            ResultRow row = own.stream()
                    .filter(each -> each.columnIndex() == column)
                    .findFirst()
                    .orElse(null);
            line.addAll(
                    row == null
                            ? List.of("", "", "", "")
                            : List.of(
                                    row.response() == null ? "" : output(row),
                                    row.error() != null ? "ERROR" : row.passed() ? "PASS" : "FAIL",
                                    Js.fixed(row.score(), 2),
                                    row.reason()));
        }
        return line;
    }

    private static String output(ResultRow row) {
        var output = Objects.requireNonNull(row.response()).output();
        return output.isTextual() ? output.textValue() : Js.stringify(output);
    }
}
