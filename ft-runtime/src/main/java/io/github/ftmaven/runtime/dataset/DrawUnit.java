package io.github.ftmaven.runtime.dataset;

import java.util.List;

/**
 * Rows that stay on one side when validation and test rows are drawn.
 *
 * @param id the same for these rows whatever other rows there are
 * @param rows their indexes, in order
 */
record DrawUnit(String id, List<Integer> rows) {
    DrawUnit {
        rows = List.copyOf(rows);
    }

    /** The first row. */
    int first() {
        return rows.get(0);
    }
}
