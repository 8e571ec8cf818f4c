package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Objects;

/**
 * One split in numbers. The keys of its groups stand beside its own in JSON.
 *
 * @param rows remaining examples
 * @param dropped examples dropped because they are longer than allowed
 * @param sha256 digest of the split's file, in lower-case hexadecimal
 * @param tokensSha256 digest of the file of its tokens; empty for the test set, which has none
 */
public record SplitReport(
        int rows,
        @JsonUnwrapped Lengths lengths,
        int dropped,
        @JsonUnwrapped Encoding encoding,
        String sha256,
        String tokensSha256) {
    /** Requires the digests. */
    public SplitReport {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(tokensSha256, "tokensSha256");
    }

    /** A split without tokens. */
    public SplitReport(int rows, Lengths lengths, int dropped, Encoding encoding, String sha256) {
        this(rows, lengths, dropped, encoding, sha256, "");
    }

    /**
     * Counts of tokens, which include the end tokens.
     *
     * @param tokens tokens of all examples
     * @param supervisedTokens tokens to learn
     * @param longest tokens of the longest example
     * @param meanTokens mean tokens per example, to two decimals
     * @param longestAnswer tokens of the longest last answer
     */
    public record Lengths(long tokens, long supervisedTokens, int longest, double meanTokens, int longestAnswer) {}

    /**
     * Examples that the template or the tokenizer treats in an unusual way.
     *
     * @param separateAnswers answers that {@code chat.ChatFormat} had to encode on their own
     * @param alteredAnswers examples whose last answer changes in the tokenizer, so a model cannot give it exactly
     * @param severalSequences conversations in which each answer is learnt in its own sequence, because the template
     *     renders earlier turns differently when later ones follow
     * @param rewrittenPrompts conversations with an answer that is learnt after the prompt that asks for it, which the
     *     template renders differently after the answer
     */
    public record Encoding(int separateAnswers, int alteredAnswers, int severalSequences, int rewrittenPrompts) {}
}
