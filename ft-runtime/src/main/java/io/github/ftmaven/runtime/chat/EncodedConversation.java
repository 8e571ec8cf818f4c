package io.github.ftmaven.runtime.chat;

/**
 * A conversation as token ids, and details of the encoding.
 *
 * @param answerStart index of the first token of the last answer, including its reasoning
 * @param contentStart index of the first token of the last answer after its reasoning
 * @param separateAnswers the number of answers encoded separately, because in the whole text a token crosses the
 *     border between prompt and answer, and a served prompt cannot end within a token
 * @param rewritten whether the chat template changes the prompt once it is answered; the answer is then trained after
 *     the original prompt
 */
public record EncodedConversation(
        TokenSequence tokens, int answerStart, int contentStart, int separateAnswers, boolean rewritten) {
    /** The number of tokens of the last answer, including its end token. */
    public int answerLength() {
        return tokens.length() - answerStart;
    }
}
