package io.github.ftmaven.runtime.checks;

/**
 * What is known of a row without its texts.
 *
 * @param answer stands for the answer: equal for two rows with the same one
 * @param tokens of the answer, with the one that ends it
 * @param marks what the row shows, as bits of {@link RowLook}
 */
public record RowNotes(long answer, int tokens, int marks) {
    /** Whether the row shows something. */
    boolean shows(int mark) {
        return (marks & mark) != 0;
    }
}
