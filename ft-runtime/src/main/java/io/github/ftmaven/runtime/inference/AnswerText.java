package io.github.ftmaven.runtime.inference;

import io.github.ftmaven.runtime.chat.ChatFormat;
import java.util.Arrays;

/**
 * The text of an answer while it grows. Told is what no further token changes: characters whose bytes are all there,
 * white space only once something follows it, and nothing of the reasoning before an answer. All that is told, one after the other, is the answer.
 */
final class AnswerText {
    /** What decoding puts in place of bytes that are no character, or not yet. */
    private static final char REPLACEMENT = '\uFFFD';

    private final ChatFormat format;
    private int[] tokens = {};
    private String told = "";

    AnswerText(ChatFormat format) {
        this.format = format;
    }

    /** What the next token adds; may be empty. */
    String add(int token) {
        tokens = Arrays.copyOf(tokens, tokens.length + 1);
        tokens[tokens.length - 1] = token;
        if (format.isReasoning(tokens)) {
            return "";
        }
        String whole = whole();
        int end = whole.length();
        while (end > 0 && whole.charAt(end - 1) == REPLACEMENT) {
            end--;
        }
        String sure = whole.substring(0, end).stripTrailing();
        return sure.startsWith(told) ? tell(sure) : "";
    }

    /** What is left when no token follows. */
    String end() {
        String whole = whole();
        if (!whole.startsWith(told)) {
            throw new IllegalStateException("the tokenizer's decoder changes text that earlier tokens made");
        }
        return tell(whole);
    }

    /** The answer so far. */
    String whole() {
        return format.answer(tokens);
    }

    /** The number of tokens. */
    int size() {
        return tokens.length;
    }

    private String tell(String text) {
        String more = text.substring(told.length());
        told = text;
        return more;
    }
}
