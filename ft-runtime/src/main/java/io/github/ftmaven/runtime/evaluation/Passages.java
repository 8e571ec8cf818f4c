package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.ProjectPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Retrieves passages of local text for a question. */
final class Passages implements AutoCloseable {
    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t]*\\R\\s*");

    private final List<String> passages;
    private final Bm25 index;

    private Passages(List<String> passages) {
        this.passages = passages;
        this.index = new Bm25(passages);
    }

    /**
     * Reads passages from files.
     *
     * @throws InvalidInputException if there is no file, or no file has text
     */
    static Passages read(Path directory, List<String> patterns) {
        List<String> passages = new ArrayList<>();
        try {
            for (Path file : new DataFiles(directory, new ProjectPaths(Path.of("")))
                    .find("evaluation.baselines: passages", patterns)) {
                for (String passage : BLANK_LINES.split(Files.readString(file), -1)) {
                    if (!passage.isBlank()) {
                        passages.add(passage.strip());
                    }
                }
            }
            if (passages.isEmpty()) {
                throw new InvalidInputException("evaluation.baselines: the passages contain no text.");
            }
            return new Passages(passages);
        } catch (IOException e) {
            throw new InvalidInputException("evaluation.baselines: the passages cannot be read as UTF-8 text.", e);
        }
    }

    /** The best passages for a question, best first; ties keep the order of the text. */
    List<String> find(String question, int count) {
        return index.find(question, count).stream().map(passages::get).toList();
    }

    @Override
    public void close() {
        index.close();
    }
}
