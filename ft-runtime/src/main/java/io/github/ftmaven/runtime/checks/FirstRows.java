package io.github.ftmaven.runtime.checks;

import java.util.Arrays;

/**
 * The first of the rows with the same key: a hash table that holds nothing but the numbers of rows, 8 to 12 bytes for
 * each.
 */
final class FirstRows {
    private static final int NONE = -1;

    /** When two rows have the same key. */
    interface Keys {
        int hash(int row);

        boolean equal(int row, int other);
    }

    private final Keys keys;
    private final int[] slots;

    /**
     * An empty table.
     *
     * @param most the number of rows that may be added
     */
    FirstRows(Keys keys, int most) {
        this.keys = keys;
        long wanted = Math.max(16, most + most / 2L);
        this.slots = new int[(int) Math.min(1 << 30, Long.highestOneBit(wanted) << 1)];
        Arrays.fill(slots, NONE);
    }

    /** The first row with the key of a row, which may be the row itself. */
    int add(int row) {
        int slot = slot(row);
        if (slots[slot] == NONE) {
            slots[slot] = row;
        }
        return slots[slot];
    }

    /** The row that was added first with the key of a row; -1 if there is none. */
    int find(int row) {
        return slots[slot(row)];
    }

    private int slot(int row) {
        int hash = keys.hash(row) * 0x9E3779B1;
        int slot = (hash ^ hash >>> 16) & (slots.length - 1);
        while (slots[slot] != NONE && slots[slot] != row && !keys.equal(slots[slot], row)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
