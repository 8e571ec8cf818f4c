package io.github.ftmaven.runtime.chat;

import java.util.Arrays;
import java.util.BitSet;

/** A token sequence that grows. */
final class TokenBuffer {
    private int[] ids = new int[64];
    private final BitSet supervised = new BitSet();
    private int size;

    /** Appends tokens, to be learnt or not. */
    void add(int[] more, boolean learnt) {
        if (size + more.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(ids.length * 2, size + more.length));
        }
        System.arraycopy(more, 0, ids, size, more.length);
        supervised.set(size, size + more.length, learnt);
        size += more.length;
    }

    /** Makes all tokens before an index ones that are not to be learnt. */
    void forget(int end) {
        supervised.clear(0, end);
    }

    int size() {
        return size;
    }

    /** What was appended; the first token is never to be learnt, since nothing predicts it. */
    TokenSequence toSequence() {
        supervised.clear(0);
        return new TokenSequence(Arrays.copyOf(ids, size), supervised);
    }
}
