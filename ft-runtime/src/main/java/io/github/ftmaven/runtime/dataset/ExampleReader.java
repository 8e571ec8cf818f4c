package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.TextFile;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the examples of data files: {@code .jsonl}, {@code .json} and {@code .csv}, in UTF-8. */
final class ExampleReader {
    private final UnreadKeys unread = new UnreadKeys();
    private final JsonRows json;
    private final CsvRows csv;
    private final ProjectPaths paths;

    /**
     * Reads files of rows.
     *
     * @param layout how an input is appended to its prompt
     */
    ExampleReader(@Nullable RowColumns columns, List<String> metadata, TemplateChoice layout, ProjectPaths paths) {
        this.json = new JsonRows(columns, metadata, layout, unread);
        this.csv = new CsvRows(columns, metadata, layout, unread);
        this.paths = paths;
    }

    /** The columns and keys that were not read from the rows so far. */
    List<String> unread() {
        return unread.names();
    }

    /**
     * The examples of files, in their order.
     *
     * @throws InvalidInputException at the first invalid row, or if a file has no row
     */
    List<Example> read(List<Path> files) {
        List<Example> examples = new ArrayList<>();
        for (Path file : files) {
            String shown = paths.show(file);
            String text = TextFile.read(file, shown);
            List<Example> rows = text.isBlank() ? List.of() : rows(shown, text);
            if (rows.isEmpty()) {
                throw new InvalidInputException(shown + ": contains no examples.");
            }
            examples.addAll(rows);
        }
        return examples;
    }

    private List<Example> rows(String file, String text) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl")) {
            return json.lines(file, text);
        }
        if (name.endsWith(".json")) {
            return json.array(file, text);
        }
        if (name.endsWith(".csv")) {
            return csv.read(file, text);
        }
        throw new InvalidInputException(file + ": unsupported file type. Use .jsonl, .json or .csv.");
    }
}
