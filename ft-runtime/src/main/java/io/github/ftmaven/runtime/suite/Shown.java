package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.PrintableText;

/** Prepares foreign text for display: it cannot move the cursor, colour a terminal or end a line. */
final class Shown {
    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /** A text on one line, shortened. */
    static String line(String text, int longest) {
        // Only the start is shown, so there is no need to collapse megabytes of text.
        String start = text.length() > 8 * longest ? text.substring(0, 8 * longest) : text;
        String line = PrintableText.visible(start.replaceAll("\\s+", " ").strip());
        if (line.length() <= longest && start.length() == text.length()) {
            return line;
        }
        int end = Math.min(longest, line.length());
        boolean half = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, half ? end - 1 : end) + "\u2026";
    }

    /** A text that UTF-8 can encode. */
    static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
