package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the examples of data files: JSON lines, JSON arrays, columns divided by commas or tabs, and plain text, alone or
 * in gzip and zip files; and formats that are not text, see {@link RowFormat}.
 */
final class ExampleReader {
    private final UnreadKeys unread = new UnreadKeys();
    private final Set<String> skipped = new TreeSet<>();
    private final RowRules rules;
    private final JsonRows json;
    private final ProjectPaths paths;
    private final ReadBytes bytes;

    /** Reads files of rows. */
    ExampleReader(RowRules rules, ProjectPaths paths) {
        this(rules, paths, ReadBytes.NONE);
    }

    /**
     * Reads files of rows.
     *
     * @param bytes counts what is read
     */
    ExampleReader(RowRules rules, ProjectPaths paths, ReadBytes bytes) {
        this.bytes = bytes;
        this.rules = rules;
        this.json = new JsonRows(rules, unread);
        this.paths = paths;
    }

    /** The columns and keys that were not read from the rows so far. */
    List<String> unread() {
        return unread.names();
    }

    /** The files in zip files that have no rows. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /**
     * The examples of files, in their order.
     *
     * @throws InvalidInputException if rows are invalid, or if a file has no row
     */
    List<Example> read(List<Path> files) {
        return read(files, UnaryOperator.identity());
    }

    /**
     * The examples of files, in their order.
     *
     * @param use what becomes of each example, such as another that is stored elsewhere
     * @throws InvalidInputException if rows are invalid, or if a file has no row; if not, what {@code use} throws first
     */
    List<Example> read(List<Path> files, UnaryOperator<Example> use) {
        List<Example> examples = new ArrayList<>();
        RowProblems problems = new RowProblems();
        Unusable unusable = new Unusable();
        for (Path file : files) {
            Consumer<Example> receiver = example -> unusable.unless(() -> examples.add(use.apply(example)));
            String shown = paths.show(file);
            Optional<RowFormat> format = RowModules.format(file, shown);
            if (format.isPresent()) {
                read(format.get(), file, shown, receiver, problems);
                continue;
            }
            for (RowFile rows : RowFile.in(file, shown, skipped::add, bytes)) {
                read(rows, receiver, problems);
            }
        }
        problems.report();
        unusable.report();
        return examples;
    }

    /** The first row that was read but cannot be used. What is wrong with the form of any row is told before. */
    private static final class Unusable {
        private @Nullable InvalidInputException first;

        void unless(Runnable use) {
            if (first == null) {
                try {
                    use.run();
                } catch (InvalidInputException e) {
                    first = e;
                }
            }
        }

        void report() {
            if (first != null) {
                throw first;
            }
        }
    }

    /** A row's source is its number, from 1. */
    private void read(RowFormat format, Path file, String shown, Consumer<Example> receiver, RowProblems problems) {
        int before = problems.seen();
        try {
            format.read(file, shown, row -> {
                String source = shown + ":" + (problems.seen() - before + 1);
                problems.take(() -> json.row(source, row.json(source)), receiver);
            });
            bytes.add(Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requireRows(shown, before, problems);
    }

    private void read(RowFile file, Consumer<Example> receiver, RowProblems problems) {
        int before = problems.seen();
        if (file.format() == RowFile.Format.ARRAY && isLines(file)) {
            file.read(text -> json.lines(file.shown(), text, receiver, problems));
        } else {
            file.read(text -> read(file, text, receiver, problems));
        }
        requireRows(file.shown(), before, problems);
    }

    private static void requireRows(String shown, int before, RowProblems problems) {
        if (problems.seen() == before) {
            throw new InvalidInputException(shown + ": contains no examples.");
        }
    }

    /** Many published files named .json are JSON lines. */
    static boolean isLines(RowFile file) {
        boolean[] lines = new boolean[1];
        file.read(text -> lines[0] = JsonRows.isLines(text));
        return lines[0];
    }

    private void read(RowFile file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        switch (file.format()) {
            case LINES -> json.lines(file.shown(), text, receiver, problems);
            case ARRAY -> json.array(file.shown(), text, receiver, problems);
            case CSV -> new CsvRows(rules, ',', unread).read(file.shown(), text, receiver, problems);
            case TSV -> new CsvRows(rules, '\t', unread).read(file.shown(), text, receiver, problems);
            case TEXT -> texts(file.shown(), text, receiver, problems);
        }
    }

    /** Each line is a text to learn. */
    private static void texts(String file, Reader text, Consumer<Example> receiver, RowProblems problems)
            throws IOException {
        BufferedReader lines = new BufferedReader(text);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                String source = file + ":" + number;
                String read = line;
                problems.take(() -> Row.ofText(source, read), receiver);
            }
        }
    }
}
