package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated rows below a header as examples; quoted fields may span lines.
 *
 * @param columns the columns of prompt, input and completion; null for columns with these names, or with Alpaca's
 * @param metadata further columns whose values are kept
 * @param layout how an input is appended to its prompt
 * @param unread receives the columns that are not read
 */
record CsvRows(@Nullable RowColumns columns, List<String> metadata, TemplateChoice layout, UnreadKeys unread) {
    // The library does not skip empty lines, so its line count tells where each row begins.
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();

    /** The rows of a file; a row's source is the line that it begins on. */
    List<Example> read(String file, String text) {
        List<Example> examples = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            CSVRecord first = next(records, file, 1);
            List<String> header = first == null ? List.of() : first.toList();
            PairKeys keys = keys(header);
            int prompt = column(file, header, keys.prompt());
            int input = keys.input() == null ? -1 : column(file, header, keys.input());
            int completion = column(file, header, keys.completion());
            Map<String, Integer> said = new TreeMap<>();
            metadata.forEach(name -> said.put(name, column(file, header, name)));
            while (true) {
                long line = parser.getCurrentLineNumber() + 1;
                CSVRecord row = next(records, file, line);
                if (row == null) {
                    return examples;
                }
                boolean blank = row.size() == 1 && row.get(0).isBlank();
                if (!blank) {
                    String source = file + ":" + line;
                    checkWidth(source, header, row);
                    checkUnread(source, header, row, keys);
                    Map<String, String> values = new TreeMap<>();
                    said.forEach((name, column) -> values.put(name, row.get(column)));
                    String asked = row.get(prompt);
                    examples.add(Row.ofPair(
                                    source,
                                    keys.prompt(),
                                    input < 0 ? asked : PairKeys.question(asked, row.get(input), layout),
                                    keys.completion(),
                                    row.get(completion))
                            .with(values));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PairKeys keys(List<String> header) {
        if (columns != null) {
            return PairKeys.of(columns);
        }
        boolean alpaca = !header.contains("prompt") && header.contains("instruction") && header.contains("output");
        return !alpaca
                ? PairKeys.OWN
                : header.contains("input") ? PairKeys.ALPACA : new PairKeys("instruction", null, "output");
    }

    private void checkUnread(String source, List<String> header, CSVRecord row, PairKeys keys) {
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (!keys.names().contains(name)
                    && !metadata.contains(name)
                    && !row.get(i).isBlank()) {
                unread.add(source, keys, name);
            }
        }
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
