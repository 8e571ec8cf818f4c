package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Digest128;
import java.util.List;

/**
 * A row as the checks see it.
 *
 * @param source the file and line, such as {@code data/train.jsonl:12}
 * @param question what is asked before the last answer
 * @param answer the last answer; for a text without a question, the text
 * @param prompts the texts that the model does not answer, in which its special tokens have no place
 * @param texts everything that the row says
 * @param encoded the last answer as the model meets it
 */
public record InspectedRow(
        String source, Question question, String answer, List<String> prompts, List<String> texts, Encoded encoded) {
    /** Copies the lists. */
    public InspectedRow {
        prompts = List.copyOf(prompts);
        texts = List.copyOf(texts);
    }

    /**
     * A question.
     *
     * @param key equal for two rows that ask the same
     * @param text its text without a system message; for a text without a question, the text
     * @param normal the text without case, surplus white space and Unicode's forms
     * @param asks whether there is a question; false for a text to learn as it is
     */
    public record Question(Digest128 key, String text, String normal, boolean asks) {}

    /**
     * The last answer in tokens.
     *
     * @param answer its tokens, with the one that ends it
     * @param altered whether the template or the tokenizer changes it
     */
    public record Encoded(int answer, boolean altered) {}
}
