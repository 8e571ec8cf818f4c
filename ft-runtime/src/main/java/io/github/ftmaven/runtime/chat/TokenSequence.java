package io.github.ftmaven.runtime.chat;

import java.util.BitSet;

/**
 * A rendered conversation as token ids.
 *
 * @param ids token ids, including special tokens
 * @param supervised bit i is set if training learns token i: the tokens of answers and their end token, never those of
 *     prompts; bit 0 is never set, because nothing predicts the first token
 */
@SuppressWarnings("ArrayRecordComponent") // built once, read in hot loops, never compared
public record TokenSequence(int[] ids, BitSet supervised) {
    /** The number of tokens. */
    public int length() {
        return ids.length;
    }

    /** The number of tokens that training learns. */
    public int supervisedCount() {
        return supervised.cardinality();
    }
}
