package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Digest128;

/**
 * The rows of a split. What most checks ask is known of every row; the texts of a row are read again where a check shows or
 * compares them.
 */
public interface SplitRows {
    /** The number of rows. */
    int size();

    /** What {@link RowLook} noted about a row. */
    RowNotes notes(int index);

    /** A row with its texts. */
    InspectedRow row(int index);

    /** A question: equal for two rows that ask the same. */
    Digest128 question(int index);

    /** Stands for a question's text in its normal form: equal for two rows with the same one. */
    Digest128 normal(int index);

    /** A question's text in its normal form, read again. */
    String normalText(int index);
}
