package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;

/** A row with a prompt and no answer yet. */
public final class PromptRow {
    private final JsonRows reader;
    private final ObjectNode row;
    private final AnswerPlace place;
    private final Example example;

    /**
     * Creates a row.
     *
     * @param reader reads the row once it has an answer
     * @param row the row as it is in its file
     * @param example the row as it is read, with a stand-in for the answer
     */
    PromptRow(JsonRows reader, ObjectNode row, AnswerPlace place, Example example) {
        this.reader = reader;
        this.row = row;
        this.place = place;
        this.example = example;
    }

    /** The file and line of the row. */
    public String source() {
        return example.source();
    }

    /** The row with a stand-in for its answer; {@link Example#prompt()} is what to ask. */
    public Example example() {
        return example;
    }

    /** Whether the row can hold an answer that calls tools. */
    public boolean takesCalls() {
        return place.takesCalls(row);
    }

    /**
     * The row with its answer, in its own layout, and with the mark of the teacher.
     *
     * @param message the answer with its role and content
     * @throws InvalidInputException if a dataset cannot have this answer
     */
    public ObjectNode answered(ObjectNode message, Origin origin) {
        ObjectNode answered = row.deepCopy();
        place.fill(answered, message.deepCopy());
        origin.mark(answered);
        reader.row(source(), answered);
        return answered;
    }
}
