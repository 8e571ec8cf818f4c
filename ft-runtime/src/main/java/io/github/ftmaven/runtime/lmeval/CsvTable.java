package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.template.None;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header, by the rules of {@code pandas.read_csv}: columns of numbers or booleans are converted,
 * {@code NA} and similar values are None, and integers become reals if some are missing.
 *
 * @param sources the first line of each row
 */
record CsvTable(List<String> sources, List<Map<Object, Object>> rows) {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    private static final Set<String> MISSING = Set.of(
            "",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");
    private static final Pattern WHOLE = Pattern.compile(" *[-+]?[0-9]{1,18} *");
    private static final Pattern REAL = Pattern.compile(" *[-+]?([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)? *");
    private static final Pattern TRUTH = Pattern.compile("True|TRUE|true|False|FALSE|false");

    CsvTable {
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file's text.
     *
     * @throws InvalidInputException if it is malformed, or a row's width differs from the header's
     */
    static CsvTable read(String text, String shown) {
        List<String> sources = new ArrayList<>();
        List<CSVRecord> records = new ArrayList<>();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            for (CSVRecord record : parser) {
                if (record.size() > 1 || !record.get(0).isEmpty()) {
                    sources.add(shown + ":" + line);
                    records.add(record);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new InvalidInputException(shown + ":" + line + ": not valid CSV in the row that begins here.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (records.isEmpty()) {
            return new CsvTable(List.of(), List.of());
        }
        List<String> header = records.get(0).toList();
        List<Map<Object, Object>> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).size() != header.size()) {
                throw new InvalidInputException(sources.get(i) + ": the row has "
                        + records.get(i).size() + " fields, but the header has " + header.size()
                        + ". Put fields that contain commas in quotes.");
            }
            rows.add(new LinkedHashMap<>());
        }
        for (int column = 0; column < header.size(); column++) {
            int place = column;
            List<Object> values = column(records.subList(1, records.size()).stream()
                    .map(record -> record.get(place))
                    .toList());
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).put(header.get(column), values.get(i));
            }
        }
        return new CsvTable(sources.subList(1, sources.size()), rows);
    }

    private static List<Object> column(List<String> fields) {
        List<String> given =
                fields.stream().filter(field -> !MISSING.contains(field)).toList();
        boolean all = given.size() == fields.size();
        if (given.isEmpty()) {
            return fields.stream().map(field -> (Object) None.NONE).toList();
        }
        if (given.stream().allMatch(field -> WHOLE.matcher(field).matches())) {
            return fields.stream()
                    .map(field -> MISSING.contains(field)
                            ? None.NONE
                            : all ? (Object) Long.valueOf(field.strip()) : (Object) Double.valueOf(field.strip()))
                    .toList();
        }
        if (given.stream().allMatch(field -> REAL.matcher(field).matches())) {
            return fields.stream()
                    .map(field -> MISSING.contains(field) ? None.NONE : (Object) Double.valueOf(field.strip()))
                    .toList();
        }
        if (given.stream().allMatch(field -> TRUTH.matcher(field).matches())) {
            return fields.stream()
                    .map(field -> MISSING.contains(field) ? None.NONE : (Object) Boolean.valueOf(field))
                    .toList();
        }
        return fields.stream()
                .map(field -> MISSING.contains(field) ? None.NONE : (Object) field)
                .toList();
    }
}
