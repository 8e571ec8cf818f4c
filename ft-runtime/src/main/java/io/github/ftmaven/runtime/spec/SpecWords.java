package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words and texts as YAML spells them. */
final class SpecWords {
    private SpecWords() {}

    /** An enum constant as YAML spells it: {@code MACRO_F1} is {@code macro-f1}, and {@code Q8_0} is {@code q8_0}. */
    static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder(constant.name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '_' && !(isDigit(word, i - 1) && isDigit(word, i + 1))) {
                word.setCharAt(i, '-');
            }
        }
        return word.toString();
    }

    /** The texts of a list, or the one text. */
    static List<String> texts(JsonNode value) {
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            texts.add(element.textValue());
        }
        return texts;
    }

    private static boolean isDigit(CharSequence text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
