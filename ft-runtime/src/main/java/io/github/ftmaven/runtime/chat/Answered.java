package io.github.ftmaven.runtime.chat;

/**
 * A conversation that ends with an answer, as text in two parts.
 *
 * @param prompt what the model is shown: the conversation, and whatever is written before it speaks
 * @param answer what it says, without what ends it
 * @param rewritten whether the chat template writes the prompt otherwise once it is answered
 */
record Answered(String prompt, String answer, boolean rewritten) {
    /** Both parts. */
    String text() {
        return prompt + answer;
    }
}
