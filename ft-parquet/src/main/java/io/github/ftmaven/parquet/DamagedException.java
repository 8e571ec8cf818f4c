package io.github.ftmaven.parquet;

/** Something in a file contradicts something else in it. The message names neither the file nor the row. */
final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }

    /** Requires what holds in every file that is whole. */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DamagedException(otherwise);
        }
    }
}
