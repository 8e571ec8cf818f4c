package io.github.ftmaven.runtime.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as csv-parse reads them for promptfoo: strictly or, if that fails, with literal quotes inside
 * unquoted fields. {@code PROMPTFOO_CSV_DELIMITER} sets the separator, {@code PROMPTFOO_CSV_STRICT} forbids the second
 * attempt.
 *
 * @param rows the rows; the first is the header
 * @param relaxed the line of a quote that was kept literally; 0 if there is none
 */
record Table(List<Row> rows, int relaxed) {
    static final String DELIMITER = "PROMPTFOO_CSV_DELIMITER";
    static final String STRICT = "PROMPTFOO_CSV_STRICT";

    /** The fields of a row, and the line on which it begins. */
    record Row(int line, List<String> fields) {
        /** Whether the line was empty. */
        boolean isEmpty() {
            return fields.size() == 1 && fields.get(0).isEmpty();
        }
    }

    /** The table is malformed. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** The separator of fields. */
    static String delimiter(Map<String, String> environment) {
        String delimiter = environment.getOrDefault(DELIMITER, "");
        return delimiter.isEmpty() ? "," : delimiter;
    }

    /**
     * Reads a table.
     *
     * @param trimmed whether to ignore blanks around fields and empty lines
     * @throws Malformed if quotes do not match
     */
    static Table read(String text, Map<String, String> environment, boolean trimmed) throws Malformed {
        String delimiter = delimiter(environment);
        try {
            return new Table(new Parser(text, delimiter, trimmed, false).rows(), 0);
        } catch (Malformed e) {
            String strict = environment.getOrDefault(STRICT, "");
            if (List.of("1", "true", "yes", "yup", "yeppers").contains(strict.toLowerCase(Locale.ROOT))) {
                throw e;
            }
            return new Table(new Parser(text, delimiter, trimmed, true).rows(), e.line());
        }
    }

    /** A single pass over the text. */
    private static final class Parser {
        private final String text;
        private final String delimiter;
        private final boolean trimmed;
        private final boolean relaxed;
        private final List<Row> rows = new ArrayList<>();
        private final StringBuilder field = new StringBuilder();
        private List<String> fields = new ArrayList<>();
        private @Nullable String lineEnd;
        private boolean quoting;
        private boolean wasQuoting;
        private int line = 1;
        private int start = 1;

        Parser(String text, String delimiter, boolean trimmed, boolean relaxed) {
            this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
            this.delimiter = delimiter;
            this.trimmed = trimmed;
            this.relaxed = relaxed;
        }

        List<Row> rows() throws Malformed {
            int at = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (!quoting) {
                    discover(at);
                }
                if (c == '"') {
                    int next = quote(at);
                    if (next > at) {
                        at = next;
                        continue;
                    }
                }
                if (!quoting && isLineEnd(at)) {
                    endRow();
                    at += String.valueOf(lineEnd).length();
                    line++;
                    start = line;
                } else if (!quoting && text.startsWith(delimiter, at)) {
                    endField();
                    at += delimiter.length();
                } else {
                    append(c);
                    at++;
                    line += c == '\n' || (c == '\r' && !text.startsWith("\n", at)) ? 1 : 0;
                }
            }
            if (quoting) {
                throw new Malformed(start, "the quote that opens here is never closed");
            }
            if (wasQuoting || !fields.isEmpty() || !field.isEmpty()) {
                endRow();
            }
            return rows;
        }

        /** The position after an opening, closing or doubled quote; the same position for a literal character. */
        private int quote(int at) throws Malformed {
            if (!quoting) {
                if (field.isEmpty()) {
                    quoting = true;
                    return at + 1;
                } else if (!relaxed) {
                    throw new Malformed(line, "a quote occurs inside an unquoted field");
                }
                return at;
            }
            int next = at + 1;
            if (text.startsWith("\"", next)) {
                field.append('"');
                return next + 1;
            }
            discover(next);
            boolean ends = next >= text.length()
                    || text.startsWith(delimiter, next)
                    || isLineEnd(next)
                    || (trimmed && Character.isWhitespace(text.charAt(next)));
            if (!ends && !relaxed) {
                throw new Malformed(line, "a field continues after its closing quote");
            }
            quoting = false;
            wasQuoting = true;
            if (!ends) {
                field.insert(0, '"');
                return at;
            }
            return next;
        }

        private void append(char c) throws Malformed {
            boolean blank = trimmed && !quoting && Character.isWhitespace(c);
            if (blank && (field.isEmpty() || wasQuoting)) {
                return;
            }
            if (trimmed && !quoting && wasQuoting && !relaxed) {
                throw new Malformed(line, "a field continues after its closing quote");
            }
            field.append(c);
        }

        /** All lines end like the first one. */
        private void discover(int at) {
            if (lineEnd == null) {
                lineEnd = text.startsWith("\r\n", at)
                        ? "\r\n"
                        : text.startsWith("\n", at) ? "\n" : text.startsWith("\r", at) ? "\r" : null;
            }
        }

        private boolean isLineEnd(int at) {
            return lineEnd != null && text.startsWith(lineEnd, at);
        }

        private void endField() {
            String value = field.toString();
            fields.add(trimmed && !wasQuoting ? value.strip() : value);
            field.setLength(0);
            wasQuoting = false;
        }

        private void endRow() {
            boolean empty = fields.isEmpty() && field.isEmpty() && !wasQuoting;
            endField();
            if (!(empty && trimmed)) {
                rows.add(new Row(start, fields));
            }
            fields = new ArrayList<>();
        }
    }
}
