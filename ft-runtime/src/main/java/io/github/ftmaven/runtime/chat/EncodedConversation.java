package io.github.ftmaven.runtime.chat;

/**
 * A conversation as token ids, and how it came to them.
 *
 * @param answerStart index of the first token of the last answer, its reasoning included
 * @param contentStart index of the first token of the last answer behind its reasoning
 * @param separateAnswers answers that were encoded on their own, because in the whole text a token runs across the
 *     border between prompt and answer, and no served prompt could end within a token
 * @param rewritten whether the chat template writes the prompt otherwise once it is answered; the answer is learnt behind
 *     the prompt it is asked with
 */
public record EncodedConversation(
        TokenSequence tokens, int answerStart, int contentStart, int separateAnswers, boolean rewritten) {
    /** The number of tokens of the last answer, its end token included. */
    public int answerLength() {
        return tokens.length() - answerStart;
    }
}
