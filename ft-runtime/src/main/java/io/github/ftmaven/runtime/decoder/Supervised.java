package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.util.Arrays;
import java.util.List;

/** Documents with tokens to predict. */
final class Supervised {
    final Documents layout;
    /** The row of the layout that predicts each supervised token: the one before it. */
    final long[] rows;
    /** The supervised tokens. */
    final long[] targets;

    private Supervised(Documents layout, long[] rows, long[] targets) {
        this.layout = layout;
        this.rows = rows;
        this.targets = targets;
    }

    /** The last token of a sequence is only a target, never an input. */
    static Supervised of(List<TokenSequence> sequences, int near) {
        List<int[]> inputs = sequences.stream()
                .map(s -> Arrays.copyOf(s.ids(), Math.max(1, s.length() - 1)))
                .toList();
        Documents layout = Documents.of(inputs, near);
        int count = sequences.stream().mapToInt(TokenSequence::supervisedCount).sum();
        long[] rows = new long[count];
        long[] targets = new long[count];
        int next = 0;
        for (int d = 0; d < sequences.size(); d++) {
            TokenSequence sequence = sequences.get(d);
            for (int t = sequence.supervised().nextSetBit(0);
                    t >= 0;
                    t = sequence.supervised().nextSetBit(t + 1)) {
                rows[next] = layout.row(d, t - 1);
                targets[next++] = sequence.ids()[t];
            }
        }
        return new Supervised(layout, rows, targets);
    }
}
