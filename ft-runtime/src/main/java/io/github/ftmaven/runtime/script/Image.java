package io.github.ftmaven.runtime.script;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an engine: its memory and its globals, which are the whole state of a WebAssembly module. It shares
 * unchanged pages with the image that it came from.
 */
final class Image {
    static final int PAGE = 1 << 12;

    private static final byte[] ZERO = new byte[PAGE];

    private final byte[][] pages;
    private final long[] globals;
    private final long own;

    private Image(byte[][] pages, long[] globals, long own) {
        this.pages = pages;
        this.globals = globals;
        this.own = own;
    }

    /** An image of this memory. */
    static Image of(byte[] memory, long[] globals, @Nullable Image parent) {
        byte[][] pages = new byte[memory.length / PAGE][];
        long own = 0;
        for (int p = 0; p < pages.length; p++) {
            int from = p * PAGE;
            int to = from + PAGE;
            if (parent != null && p < parent.pages.length && same(parent.pages[p], memory, from, to)) {
                pages[p] = parent.pages[p];
            } else if (same(ZERO, memory, from, to)) {
                pages[p] = ZERO;
            } else {
                pages[p] = Arrays.copyOfRange(memory, from, to);
                own += PAGE;
            }
        }
        return new Image(pages, globals, own);
    }

    private static boolean same(byte[] page, byte[] memory, int from, int to) {
        return Arrays.equals(page, 0, PAGE, memory, from, to);
    }

    /** The memory in blocks of {@link #PAGE}. */
    byte[][] pages() {
        return pages;
    }

    long[] globals() {
        return globals;
    }

    /** The number of bytes that no other image shares. */
    long own() {
        return own;
    }

    /** The size of the memory in bytes. */
    int size() {
        return pages.length * PAGE;
    }
}
