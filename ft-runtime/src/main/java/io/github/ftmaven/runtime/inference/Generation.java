package io.github.ftmaven.runtime.inference;

/**
 * An answer.
 *
 * @param text without white space at its ends
 * @param promptTokens tokens that were read
 * @param generatedTokens tokens that were written, without the one that ends the answer
 */
public record Generation(String text, int promptTokens, int generatedTokens, FinishReason finishReason) {
    /** Why an answer ends. */
    public enum FinishReason {
        /** The model ended it. */
        STOP,
        /** It reached the most tokens that were asked for, or that the model reads. */
        LENGTH
    }
}
