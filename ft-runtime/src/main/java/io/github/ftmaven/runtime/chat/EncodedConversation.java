package io.github.ftmaven.runtime.chat;

/**
 * A conversation as token ids, and how it came to them.
 *
 * @param answerStart index of the first token of the last answer
 * @param separateAnswers answers that were encoded on their own, because in the whole text a token runs across the
 *     border between prompt and answer, and no served prompt could end within a token
 */
public record EncodedConversation(TokenSequence tokens, int answerStart, int separateAnswers) {
    /** The number of tokens of the last answer, its end token included. */
    public int answerLength() {
        return tokens.length() - answerStart;
    }
}
