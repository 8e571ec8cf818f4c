package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.RowLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads rows that have no answer yet: JSON lines, JSON arrays, and plain text with a prompt in each line. A row is read
 * with a stand-in for its answer, so that all rules of rows hold for it.
 */
final class UnansweredRows {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String STAND_IN = "?";
    private static final Set<RowLayout> PAIRS = Set.of(RowLayout.AUTO, RowLayout.PROMPT_COMPLETION);

    private final UnreadKeys unread = new UnreadKeys();
    private final TreeSet<String> skipped = new TreeSet<>();
    private final Map<String, Unanswered> drafts = new HashMap<>();
    private final RowRules rules;
    private final ProjectPaths paths;
    private final JsonRows answered;
    private final JsonRows open;
    private int complete;

    private record Unanswered(ObjectNode row, AnswerPlace place) {}

    UnansweredRows(RowRules rules, ProjectPaths paths) {
        this.rules = rules;
        this.paths = paths;
        this.answered = new JsonRows(rules, unread);
        this.open = new JsonRows(rules, unread, this::withStandIn);
    }

    /** The rows with an answer of their own. */
    int complete() {
        return complete;
    }

    /** The columns and keys that were not read. */
    List<String> unread() {
        return unread.names();
    }

    /** The files in zip files that have no rows. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /**
     * The rows without an answer, in their order.
     *
     * @throws InvalidInputException if rows are invalid, or if a file has no row
     */
    List<PromptRow> read(List<Path> files) {
        List<PromptRow> rows = new ArrayList<>();
        RowProblems problems = new RowProblems();
        Consumer<Example> receiver = example -> {
            Unanswered draft = drafts.remove(example.source());
            if (draft == null) {
                complete++;
            } else {
                rows.add(new PromptRow(answered, draft.row, draft.place, example));
            }
        };
        for (Path file : files) {
            if (RowModules.of(file.toString()).isPresent()) {
                throw hasNoKeys(paths.show(file));
            }
            for (RowFile each : RowFile.in(file, paths.show(file), skipped::add, ReadBytes.NONE)) {
                int before = problems.seen();
                boolean lines = each.format() == RowFile.Format.ARRAY && ExampleReader.isLines(each);
                each.read(text -> read(
                        lines ? new RowFile(each.shown(), RowFile.Format.LINES, each.opener()) : each,
                        text,
                        receiver,
                        problems));
                if (problems.seen() == before) {
                    throw new InvalidInputException(each.shown() + ": contains no prompts.");
                }
            }
        }
        problems.report();
        return rows;
    }

    private void read(RowFile file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        switch (file.format()) {
            case LINES -> open.lines(file.shown(), text, receiver, problems);
            case ARRAY -> open.array(file.shown(), text, receiver, problems);
            case TEXT -> texts(file.shown(), text, receiver, problems);
            case CSV, TSV -> throw hasNoKeys(file.shown());
        }
    }

    private static InvalidInputException hasNoKeys(String file) {
        return new InvalidInputException(file + ": prompts are read from .jsonl, .json and .txt, because the answer"
                + " becomes a key of the row. Convert the file.");
    }

    private void texts(String file, Reader text, Consumer<Example> receiver, RowProblems problems) throws IOException {
        String key = rules.columns() == null
                ? PairKeys.OWN.prompt()
                : rules.columns().prompt();
        if (key.contains("{{") || !PAIRS.contains(rules.layout())) {
            throw new InvalidInputException(file + ": a line of text cannot become a row of your dataset.columns or"
                    + " dataset.layout. Write the prompts as JSON lines.");
        }
        BufferedReader lines = new BufferedReader(text);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                String source = file + ":" + number;
                ObjectNode row = JSON.objectNode().put(key, line);
                problems.take(() -> open.row(source, row), receiver);
            }
        }
    }

    private JsonNode withStandIn(String source, JsonNode row) {
        AnswerPlace place = AnswerPlace.of(source, row, rules);
        if (!(row instanceof ObjectNode object) || place.isFilled(row) || !place.isOpen(row)) {
            return row; // which is complete, or is rejected when it is read
        }
        Origin.requireRoom(source, object);
        ObjectNode copy = object.deepCopy();
        place.fill(copy, JSON.objectNode().put("role", "assistant").put("content", STAND_IN));
        drafts.put(source, new Unanswered(object, place));
        return copy;
    }
}
