package io.github.ftmaven.runtime.inference;

import io.github.ftmaven.runtime.chat.ChatFormat;
import java.util.Arrays;

/**
 * The text of an answer while it grows. It returns only text that further tokens cannot change: characters with all
 * their bytes, white space once other text follows it, and none of the reasoning before an answer. The returned pieces
 * together are the answer.
 */
final class AnswerText {
    /** The replacement for bytes that are not a character, or not yet. */
    private static final char REPLACEMENT = '\uFFFD';

    private final ChatFormat format;
    private int[] tokens = {};
    private String told = "";

    AnswerText(ChatFormat format) {
        this.format = format;
    }

    /** The text that the next token adds; may be empty. */
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

    /** The remaining text after the last token. */
    String end() {
        String whole = whole();
        if (!whole.startsWith(told)) {
            throw new IllegalStateException("the tokenizer's decoder changes the text of earlier tokens");
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
