package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.template.Values;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of a split, as the package datasets passes them to lm-eval: every row has every column, with None for
 * missing values, and a column's integers become reals if one of them is.
 *
 * @param sources the source of each row
 * @param rows the rows' columns
 */
record TaskDocuments(List<String> sources, List<Map<Object, Object>> rows) {
    private static final JsonMapper JSON = Json.strict();

    TaskDocuments {
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
    }

    /** The number of rows. */
    int size() {
        return rows.size();
    }

    /**
     * Reads JSON files: each an array of objects, or one object per line.
     *
     * @param shown the paths as messages name them
     * @throws InvalidInputException if a file is missing, malformed or without rows
     */
    static TaskDocuments json(List<Path> files, List<String> shown) {
        List<String> sources = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String text = text(files.get(i), shown.get(i));
            int first = rows.size();
            if (text.startsWith("[")) {
                for (JsonNode row : parse(text, shown.get(i), 1)) {
                    sources.add(shown.get(i) + "[" + (rows.size() - first) + "]");
                    rows.add(object(row, sources.get(sources.size() - 1)));
                }
            } else {
                String[] lines = text.split("\r?\n", -1);
                for (int line = 0; line < lines.length; line++) {
                    if (!lines[line].isBlank()) {
                        sources.add(shown.get(i) + ":" + (line + 1));
                        rows.add(object(parse(lines[line], shown.get(i), line + 1), sources.get(sources.size() - 1)));
                    }
                }
            }
        }
        return of(sources, rows, shown);
    }

    /** Reads CSV files with a header, with the types that pandas gives to columns. */
    static TaskDocuments csv(List<Path> files, List<String> shown) {
        List<String> sources = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            CsvTable table = CsvTable.read(text(files.get(i), shown.get(i)), shown.get(i));
            sources.addAll(table.sources());
            rows.addAll(table.rows());
        }
        return of(sources, rows, shown);
    }

    private static TaskDocuments of(List<String> sources, List<Object> rows, List<String> shown) {
        if (rows.isEmpty()) {
            throw new InvalidInputException(String.join(", ", shown) + ": there are no rows.");
        }
        List<Map<Object, Object>> unified = new ArrayList<>();
        for (Object row : Columns.unify(rows, sources)) {
            unified.add(Columns.object(row));
        }
        return new TaskDocuments(sources, unified);
    }

    private static String text(Path file, String shown) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new InvalidInputException(shown + ": not UTF-8. Save the file in that encoding.", e);
        } catch (IOException e) {
            throw new InvalidInputException(shown + ": the file does not exist or cannot be read.", e);
        }
    }

    private static JsonNode parse(String text, String shown, int line) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    shown + JsonProblem.of(e).position(line) + ": not valid JSON: "
                            + JsonProblem.of(e).text()
                            + ". A file must be one array of objects, or have one object per line.",
                    e);
        }
    }

    private static Object object(JsonNode row, String source) {
        if (!row.isObject()) {
            throw new InvalidInputException(source + ": not a JSON object; each row must be one.");
        }
        return Values.of(row);
    }
}
