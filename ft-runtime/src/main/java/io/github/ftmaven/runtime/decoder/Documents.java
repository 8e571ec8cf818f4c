package io.github.ftmaven.runtime.decoder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Token sequences arranged for one call; they do not attend to each other. Documents of similar length form a group: a
 * grid with one row per document, with padding at the end of shorter ones. The grouping minimizes the work.
 */
final class Documents {
    /** Attention is up to twice as fast on rows that fill whole vector registers. */
    static final int ALIGNMENT = 8;

    /** The row length at which attention costs about as much per token as everything else. */
    private static final double ATTENTION = 128;

    /** The cost of one more group, in tokens. */
    private static final double GROUP = 48;

    final long[] ids;
    final long[] positions;
    /** For each group: its documents, its tokens per document, and 1, or 2 if they are longer than {@code near}. */
    final long[] groups;

    private final int[] starts;

    private Documents(List<int[]> documents, List<List<Integer>> groups, int before, int near) {
        this.groups = new long[3 * groups.size()];
        starts = new int[documents.size()];
        int tokens = 0;
        for (int g = 0; g < groups.size(); g++) {
            int real = groups.get(g).stream()
                    .mapToInt(d -> documents.get(d).length)
                    .max()
                    .orElseThrow();
            int longest = aligned(real);
            for (int document : groups.get(g)) {
                starts[document] = tokens;
                tokens += longest;
            }
            this.groups[3 * g] = groups.get(g).size();
            this.groups[3 * g + 1] = longest;
            this.groups[3 * g + 2] = before + real > near ? 2 : 1;
        }
        ids = new long[tokens]; // padding repeats token 0, and no token attends to it
        positions = new long[tokens];
        for (int g = 0; g < groups.size(); g++) {
            for (int document : groups.get(g)) {
                for (int t = 0; t < this.groups[3 * g + 1]; t++) {
                    positions[starts[document] + t] = (long) before + t;
                }
                for (int t = 0; t < documents.get(document).length; t++) {
                    ids[starts[document] + t] = documents.get(document)[t];
                }
            }
        }
    }

    /**
     * Arranges documents of at least one token each.
     *
     * @param near documents up to this length never share a group with longer ones
     */
    static Documents of(List<int[]> documents, int near) {
        List<Integer> byLength = IntStream.range(0, documents.size())
                .boxed()
                .sorted(Comparator.comparing(d -> documents.get(d).length))
                .toList();
        int count = byLength.size();
        double[] cost = new double[count + 1]; // of the first documents, in the best arrangement
        int[] from = new int[count + 1]; // the start of their last group
        for (int end = 1; end <= count; end++) {
            int longest = documents.get(byLength.get(end - 1)).length;
            double token = aligned(longest) * (1 + aligned(longest) / ATTENTION);
            cost[end] = Double.MAX_VALUE;
            for (int start = end - 1; start >= 0; start--) {
                if (longest > near && documents.get(byLength.get(start)).length <= near) {
                    break;
                }
                double whole = cost[start] + GROUP + (end - start) * token;
                if (whole < cost[end]) {
                    cost[end] = whole;
                    from[end] = start;
                }
            }
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (int end = count; end > 0; end = from[end]) {
            groups.add(byLength.subList(from[end], end));
        }
        return new Documents(documents, groups, 0, near);
    }

    /**
     * Arranges documents as one group, in their order.
     *
     * @param before how many tokens precede each of them
     */
    static Documents together(List<int[]> documents, int before, int near) {
        return new Documents(
                documents, List.of(IntStream.range(0, documents.size()).boxed().toList()), before, near);
    }

    private static int aligned(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The row of a document's token. */
    int row(int document, int token) {
        return starts[document] + token;
    }
}
