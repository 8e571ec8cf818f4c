package io.github.ftmaven.runtime.decoder;

import java.util.List;

/**
 * Token sequences laid out for one call, none seeing another. Linear layers work on one row a token, attention on a
 * grid with one row a document; both are described by indices, so that nothing is copied here.
 *
 * <p>Documents of about one length are padded into the grid from the start; others are packed one after the other, and
 * brought into the grid and back inside attention.
 */
final class Documents {
    /** Attention is up to twice as fast on rows that fill whole vector registers. */
    private static final int ALIGNMENT = 8;

    /** Padding costs its share of all linear layers; packing costs four copies of queries, keys and values. */
    private static final double MOST_PADDING = 0.25;

    final long[] ids;
    final long[] positions;
    final long[] grid;
    final long[] cells;
    final int longest;
    private final int[] starts;

    private Documents(long[] ids, long[] positions, long[] grid, long[] cells, int longest, int[] starts) {
        this.ids = ids;
        this.positions = positions;
        this.grid = grid;
        this.cells = cells;
        this.longest = longest;
        this.starts = starts;
    }

    /** Lays out documents of at least one token each. */
    static Documents of(List<int[]> documents) {
        int tokens = documents.stream().mapToInt(d -> d.length).sum();
        int longest = documents.stream().mapToInt(d -> d.length).max().orElseThrow();
        longest = (longest + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        boolean dense = (long) longest * documents.size() <= tokens * (1 + MOST_PADDING);
        return dense ? padded(documents, longest) : packed(documents, tokens, longest);
    }

    private static Documents padded(List<int[]> documents, int longest) {
        long[] ids = new long[documents.size() * longest];
        long[] positions = new long[ids.length];
        int[] starts = new int[documents.size()];
        for (int d = 0; d < starts.length; d++) {
            starts[d] = d * longest;
            for (int t = 0; t < longest; t++) {
                ids[starts[d] + t] = t < documents.get(d).length ? documents.get(d)[t] : 0;
                positions[starts[d] + t] = t;
            }
        }
        return new Documents(ids, positions, new long[0], new long[0], longest, starts);
    }

    private static Documents packed(List<int[]> documents, int tokens, int longest) {
        long[] ids = new long[tokens];
        long[] positions = new long[tokens];
        long[] grid = new long[documents.size() * longest]; // padding cells repeat token 0, and nothing looks at them
        long[] cells = new long[tokens];
        int[] starts = new int[documents.size()];
        int next = 0;
        for (int d = 0; d < starts.length; d++) {
            starts[d] = next;
            for (int t = 0; t < documents.get(d).length; t++, next++) {
                ids[next] = documents.get(d)[t];
                positions[next] = t;
                cells[next] = (long) d * longest + t;
                grid[d * longest + t] = next;
            }
        }
        return new Documents(ids, positions, grid, cells, longest, starts);
    }

    /** The row of a document's token. */
    int row(int document, int token) {
        return starts[document] + token;
    }
}
