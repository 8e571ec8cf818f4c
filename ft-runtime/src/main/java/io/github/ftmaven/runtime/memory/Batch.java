package io.github.ftmaven.runtime.memory;

/**
 * The largest number of sequences that are computed at once.
 *
 * @param tokens of all of them, padding included
 * @param longest tokens of the longest
 * @param learnt tokens that the loss is computed for
 */
public record Batch(long tokens, long longest, long learnt) {
    /** Sequences of one length, of which at most so many tokens are computed at once, but at least one sequence. */
    public static Batch of(long longest, long most, long sequences) {
        long count = Math.max(1, Math.min(sequences, most / Math.max(1, longest)));
        return new Batch(count * longest, longest, count * longest);
    }

    /** The sequences, if all are as long as the longest. */
    long sequences() {
        return Math.max(1, tokens / Math.max(1, longest));
    }
}
