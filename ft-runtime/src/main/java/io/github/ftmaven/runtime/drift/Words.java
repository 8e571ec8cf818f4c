package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.dataset.SameQuestion;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Divides a text into words, for every language and without a tokenizer: lengths and words stay comparable when the base
 * model changes, and requests can be compared where no model is.
 */
public final class Words {
    /** Scripts that put no blanks between words: each of their characters counts as a word. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private static final int FIRST_UNSPACED = 0x0e00;

    private Words() {}

    /** The words in their order: runs of letters, digits and marks, in the normal form of {@link SameQuestion}. */
    public static List<String> of(String text) {
        String normal = SameQuestion.normal(text);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            if (c >= FIRST_UNSPACED && UNSPACED.contains(UnicodeScript.of(c))) {
                end(word, words);
                words.add(Character.toString(c));
            } else if (Character.isLetterOrDigit(c) || isMark(c)) {
                word.appendCodePoint(c);
            } else {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
