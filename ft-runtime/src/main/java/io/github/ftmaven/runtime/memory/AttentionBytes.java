package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.DType;

/** What attention keeps of a token for the backward pass, between the product with q, k, v and the one with o. */
public final class AttentionBytes {
    /** Documents up to this length attend faster in three products than in libtorch's fused kernel. */
    private static final int UNFUSED = 256;

    /** The same in bfloat16 on a CPU, whose fused kernel has no faster backward pass than in float32. */
    private static final int UNFUSED_BFLOAT16 = 1024;

    /** Queries that {@code decoder.py} multiplies with keys at once. */
    private static final int QUERIES = 256;

    private final Attention attention;
    private final boolean hasHeadNorms;
    private final Held held;
    private final long longest;
    private final double tokens;
    private final boolean isSingle;

    AttentionBytes(Architecture architecture, Held held, Batch batch) {
        this.attention = architecture.attention();
        this.hasHeadNorms = architecture.norm().heads();
        this.held = held;
        this.longest = batch.longest();
        this.tokens = (double) batch.tokens();
        this.isSingle = batch.sequences() == 1;
    }

    /** Adds those of a layer. */
    void tally(int layer, TensorTally tally) {
        int type = held.type().bytes();
        double queries = attention.queryWidth();
        double keys = attention.keyValueWidth();
        int window = attention.sliding().get(layer) && attention.window() < longest ? attention.window() : 0;
        if (hasHeadNorms) {
            tally.tensor(tokens, queries + 2 * keys, type);
            tally.tensor(tokens, queries, 4).tensor(tokens, keys, 4);
        }
        if (longest > fusedAbove(held.type(), held.isOnGpu()) && window == 0 && attention.cap() == 0) {
            // Rotated queries and keys; keys and values repeated for each head; the result, and a number for each head.
            tally.tensor(tokens, queries + keys, type).tensors(3, tokens, queries, type);
            tally.tensor(tokens, attention.heads(), 4);
            return;
        }
        if (isSingle) {
            // Keys and values are views, which keep all that was computed with them.
            tally.tensor(tokens, queries + 2 * keys, type).tensor(tokens, queries + keys, type);
        } else {
            tally.tensors(2, tokens, keys, type);
        }
        tally.tensors(2, tokens, queries, type);
        double blocks = Math.ceil((double) longest / QUERIES);
        tally.tensors(blocks * (attention.cap() > 0 ? 3 : 1), tokens / blocks, attention.heads() * seen(window), type);
    }

    /** What one block of scores takes for a moment, beside what is kept. */
    double momentOfBlock(long sequences) {
        return longest > fusedAbove(held.type(), held.isOnGpu())
                ? 0
                : 2.0 * held.type().bytes() * attention.heads() * sequences * Math.min(longest, QUERIES) * longest;
    }

    /** The tokens of the longest document that attends in three products. */
    public static int fusedAbove(DType type, boolean isOnGpu) {
        return type == DType.BF16 && !isOnGpu ? UNFUSED_BFLOAT16 : UNFUSED;
    }

    /** How many keys a query is multiplied with, on average. */
    private double seen(int window) {
        double sum = 0;
        for (long start = 0; start < longest; start += QUERIES) {
            long end = Math.min(longest, start + QUERIES);
            long first = window > 0 && start >= window ? start - window + 1 : 0;
            sum += (double) (end - start) * (end - first);
        }
        return sum / longest;
    }
}
