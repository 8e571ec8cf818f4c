package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What Python's {@code str} does otherwise than Java's. */
final class PythonText {
    private static final String SPACE =
            "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
    private static final Pattern SPACES = Pattern.compile(SPACE + "+");
    private static final PythonRegex WHOLE = PythonRegex.compile("\\s*[+-]?[0-9]{1,18}\\s*");

    private PythonText() {}

    static String strip(String text) {
        String end = stripTrailing(text);
        int start = 0;
        while (start < end.length() && isSpace(end.charAt(start))) {
            start++;
        }
        return end.substring(start);
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    static boolean isSpace(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isSpace((char) c));
    }

    static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r')
                || (c >= 0x1c && c <= ' ')
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
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
        throw new IllegalArgumentException(Values.text(value) + " is no whole number");
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
        return 1 + (int) SPACES.matcher(text).results().count();
    }
}
