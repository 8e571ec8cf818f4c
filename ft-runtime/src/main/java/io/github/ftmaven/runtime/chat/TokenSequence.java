package io.github.ftmaven.runtime.chat;

import java.util.BitSet;

/**
 * A rendered conversation as token ids.
 *
 * @param ids token ids, special tokens included
 * @param supervised bit i is set where token i is to be learnt: the tokens of answers and their end token, never of
 *     prompts; bit 0 is never set, since nothing predicts the first token
 */
@SuppressWarnings("ArrayRecordComponent") // built once, read in hot loops, never compared
public record TokenSequence(int[] ids, BitSet supervised) {
    /** The number of tokens. */
    public int length() {
        return ids.length;
    }

    /** The number of tokens to be learnt. */
    public int supervisedCount() {
        return supervised.cardinality();
    }
}
