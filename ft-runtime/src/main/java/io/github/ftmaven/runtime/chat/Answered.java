package io.github.ftmaven.runtime.chat;

/**
 * A conversation that ends with an answer, as text in two parts.
 *
 * @param prompt the model's input: the conversation, and everything before the answer
 * @param answer the answer, without its end
 * @param rewritten whether the chat template changes the prompt once it is answered
 */
record Answered(String prompt, String answer, boolean rewritten) {
    /** Both parts. */
    String text() {
        return prompt + answer;
    }
}
