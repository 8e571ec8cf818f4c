package io.github.ftmaven.runtime.dataset;

import java.util.Objects;

/**
 * One split in numbers; lengths and counts of tokens include the end tokens.
 *
 * @param rows examples that are left
 * @param supervisedTokens tokens to be learnt
 * @param longest tokens of the longest example
 * @param meanTokens tokens of an example on average, to two decimals
 * @param longestAnswer tokens of the longest last answer
 * @param dropped examples left out because they are longer than allowed
 * @param separateAnswers answers that {@code chat.ChatFormat} had to encode on their own
 * @param alteredAnswers examples whose last answer reads otherwise once it went through the tokenizer, so that the
 *     model cannot give it exactly
 * @param severalSequences conversations of which each answer is learnt in a sequence of its own, since the model's template
 *     writes earlier turns otherwise once there are later ones
 * @param rewrittenPrompts conversations with an answer that is learnt behind the prompt it is asked with, which the model's
 *     template writes otherwise once it is answered
 * @param sha256 digest of the split's file, in lower-case hexadecimal
 */
public record SplitReport(
        int rows,
        long tokens,
        long supervisedTokens,
        int longest,
        double meanTokens,
        int longestAnswer,
        int dropped,
        int separateAnswers,
        int alteredAnswers,
        int severalSequences,
        int rewrittenPrompts,
        String sha256) {
    /** Requires the digest. */
    public SplitReport {
        Objects.requireNonNull(sha256, "sha256");
    }
}
