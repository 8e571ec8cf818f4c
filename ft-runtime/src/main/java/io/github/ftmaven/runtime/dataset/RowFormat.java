package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads the rows of a format that is not text. It is found as a service, so that the libraries for it are needed only
 * where a spec names such a file; see {@link RowModules}.
 */
public interface RowFormat {
    /** How the names of its files end, in lower case, such as {@code .parquet}. */
    String ending();

    /**
     * Reads a file, one row after the other.
     *
     * @param shown the file's name in messages
     * @param receiver takes each row, in their order
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the file is damaged, or cannot be read at all
     */
    void read(Path file, String shown, Consumer<StoredRow> receiver) throws IOException;

    /** A row as its file holds it. */
    interface StoredRow {
        /**
         * The row as JSON.
         *
         * @param source its place, for messages
         * @throws io.github.ftmaven.runtime.error.InvalidInputException if one of its values cannot be read
         */
        ObjectNode json(String source);
    }
}
