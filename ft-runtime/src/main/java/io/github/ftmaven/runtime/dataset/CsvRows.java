package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.RowLayout;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of columns below a header as examples; quoted fields may span lines.
 *
 * @param delimiter what divides the columns
 * @param unread receives the columns that are not read
 */
record CsvRows(RowRules rules, char delimiter, @Nullable FilledColumns filled, UnreadKeys unread) {
    /** The only column, which is prompt and completion in one. */
    private static final PairKeys TEXT = new PairKeys("text", null, "text");

    CsvRows(RowRules rules, char delimiter, UnreadKeys unread) {
        this(rules, delimiter, FilledColumns.of(rules.columns()), unread);
    }

    /** The rows of a file; a row's source is the line that it begins on. */
    void read(String file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        // The library does not skip empty lines, so its line count tells where each row begins.
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            Iterator<CSVRecord> records = parser.iterator();
            CSVRecord first = next(records, file, 1);
            if (first == null || (first.size() == 1 && first.get(0).isBlank())) {
                return;
            }
            Header header = new Header(file, first.toList());
            while (true) {
                long line = parser.getCurrentLineNumber() + 1;
                CSVRecord row = next(records, file, line);
                if (row == null) {
                    return;
                }
                boolean blank = row.size() == 1 && row.get(0).isBlank();
                if (!blank) {
                    problems.take(() -> header.example(file + ":" + line, row), receiver);
                }
            }
        }
    }

    /** Where the columns of a file are. */
    private final class Header {
        private final List<String> names;
        private final PairKeys keys;
        private final Map<String, Integer> said = new TreeMap<>();

        Header(String file, List<String> names) {
            this.names = names;
            this.keys = keys(names);
            (filled == null ? keys.names() : filled.names()).forEach(name -> column(file, names, name));
            rules.metadata().forEach(name -> said.put(name, column(file, names, name)));
            rules.fields().stream().filter(names::contains).forEach(name -> said.put(name, column(file, names, name)));
        }

        Example example(String source, CSVRecord row) {
            checkWidth(source, names, row);
            checkUnread(source, row);
            Map<String, String> values = new TreeMap<>();
            said.forEach((name, column) -> values.put(name, row.get(column)));
            return example(source, row, keys).with(values);
        }

        private Example example(String source, CSVRecord row, PairKeys keys) {
            if (filled != null) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    values.put(names.get(i), row.get(i));
                }
                return filled.fill(source, values);
            }
            String asked = row.get(names.indexOf(keys.prompt()));
            if (keys.completion().equals(keys.prompt())) {
                return Row.ofText(source, asked);
            }
            return Row.ofPair(
                    source,
                    keys.prompt(),
                    keys.input() == null
                            ? asked
                            : PairKeys.question(asked, row.get(names.indexOf(keys.input())), rules.template()),
                    keys.completion(),
                    row.get(names.indexOf(keys.completion())));
        }

        private void checkUnread(String source, CSVRecord row) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                boolean read = filled == null
                        ? keys.names().contains(name)
                        : filled.names().contains(name);
                if (read || rules.keeps(name) || row.get(i).isBlank()) {
                    continue;
                }
                if (filled == null && rules.layout() == RowLayout.AUTO) {
                    unread.add(source, keys, name);
                } else {
                    unread.note(name);
                }
            }
        }
    }

    private PairKeys keys(List<String> header) {
        if (rules.columns() != null) {
            return PairKeys.of(rules.columns());
        }
        return switch (rules.layout()) {
            case PROMPT_COMPLETION -> PairKeys.OWN;
            case ALPACA -> alpaca(header);
            case TEXT -> TEXT;
            case AUTO -> {
                boolean alpaca =
                        !header.contains("prompt") && header.contains("instruction") && header.contains("output");
                boolean text = header.stream()
                        .filter(name -> !rules.metadata().contains(name))
                        .filter(name -> name.equals("text") || !rules.fields().contains(name))
                        .toList()
                        .equals(List.of("text"));
                yield alpaca ? alpaca(header) : text ? TEXT : PairKeys.OWN;
            }
            case MESSAGES, SHAREGPT, PREFERENCE ->
                throw new InvalidInputException(
                        "dataset.layout: rows of " + rules.layout().name().toLowerCase(Locale.ROOT)
                                + " are read from .jsonl and .json only, since columns hold no lists.");
        };
    }

    private static PairKeys alpaca(List<String> header) {
        return header.contains("input") ? PairKeys.ALPACA : new PairKeys("instruction", null, "output");
    }

    private static @Nullable CSVRecord next(Iterator<CSVRecord> records, String file, long line) {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new InvalidInputException(
                    file + ":" + line
                            + ": not valid CSV in the row that begins here. Put a field with a quote, a comma"
                            + " or a line break in quotes, and double each quote in it.",
                    e);
        }
    }

    private static int column(String file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new InvalidInputException(file + ":1: has no column '" + name + "', only " + String.join(", ", header)
                    + "." + Suggestion.didYouMean(name, header)
                    + " Name the columns of prompt and completion in dataset.columns, others in dataset.metadata.");
        }
        if (column != header.lastIndexOf(name)) {
            throw new InvalidInputException(file + ":1: has two columns '" + name + "'.");
        }
        return column;
    }

    private static void checkWidth(String source, List<String> header, CSVRecord row) {
        if (row.size() != header.size()) {
            throw new InvalidInputException(source + ": has " + row.size() + " fields, but the header has "
                    + header.size() + ". Put a field with a comma in quotes.");
        }
    }
}
