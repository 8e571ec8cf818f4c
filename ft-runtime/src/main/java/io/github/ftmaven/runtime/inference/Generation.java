package io.github.ftmaven.runtime.inference;

/**
 * An answer.
 *
 * @param text without white space at its ends
 * @param promptTokens the number of tokens in the prompt
 * @param generatedTokens the number of generated tokens, without the one that ends the answer
 */
public record Generation(String text, int promptTokens, int generatedTokens, FinishReason finishReason) {
    /** Why an answer ends. */
    public enum FinishReason {
        /** The model ended it. */
        STOP,
        /** It reached the requested limit, or the end of the model's context. */
        LENGTH
    }
}
