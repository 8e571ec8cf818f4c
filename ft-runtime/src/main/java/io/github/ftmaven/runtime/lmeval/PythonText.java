package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.python.Characters;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Operations of Python's {@code str} that differ from Java's. */
final class PythonText {
    private static final PythonRegex WHOLE = PythonRegex.compile("\\s*[+-]?[0-9]{1,18}\\s*");

    private PythonText() {}

    static String strip(String text) {
        String end = stripTrailing(text);
        int start = 0;
        while (start < end.length() && Characters.isSpace(end.charAt(start))) {
            start++;
        }
        return end.substring(start);
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && Characters.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    static boolean isSpace(String text) {
        return !text.isEmpty() && text.chars().allMatch(Characters::isSpace);
    }

    /** {@code str.split()}. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || Characters.isSpace(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** {@code str.capitalize}. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        String rest = text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
        String capital = Character.toString(first).toUpperCase(Locale.ROOT);
        int length = capital.codePointCount(0, capital.length());
        return length == 1
                ? Character.toString(Character.toTitleCase(first)) + rest
                : capital.substring(0, capital.offsetByCodePoints(0, 1))
                        + capital.substring(capital.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT)
                        + rest;
    }

    /** {@code int(value)}. */
    static long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text && WHOLE.matches(text)) {
            return Long.parseLong(strip(text));
        }
        throw new IllegalArgumentException(Values.text(value) + " is not a whole number");
    }

    /** The length in characters. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** {@code len(re.split(r"\s+", text))}. */
    static int words(String text) {
        int words = 1;
        for (int i = 0; i < text.length(); i++) {
            boolean first = i == 0 || !Characters.isSpace(text.charAt(i - 1));
            words += first && Characters.isSpace(text.charAt(i)) ? 1 : 0;
        }
        return words;
    }
}
