package io.github.ftmaven.runtime.lmeval;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What Python's {@code str} does otherwise than Java's. */
final class PythonText {
    private static final String SPACE =
            "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
    private static final Pattern SPACES = Pattern.compile(SPACE + "+");
    private static final Pattern TRAILING = Pattern.compile(SPACE + "+\\z");
    private static final Pattern LEADING = Pattern.compile("\\A" + SPACE + "+");

    private PythonText() {}

    static String strip(String text) {
        return LEADING.matcher(stripTrailing(text)).replaceFirst("");
    }

    static String stripTrailing(String text) {
        return TRAILING.matcher(text).replaceFirst("");
    }

    static boolean isSpace(String text) {
        return SPACES.matcher(text).matches();
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
