package io.github.ftmaven.runtime.suite;

/** Foreign text where it is shown: nothing in it can move a cursor, colour a terminal or end a line. */
final class Shown {
    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /** A text on one line, shortened. */
    static String line(String text, int longest) {
        // What is shown is a start, and collapsing megabytes first would be work for nothing.
        String start = text.length() > 8 * longest ? text.substring(0, 8 * longest) : text;
        String line = visible(start.replaceAll("\\s+", " ").strip());
        if (line.length() <= longest && start.length() == text.length()) {
            return line;
        }
        int end = Math.min(longest, line.length());
        boolean half = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, half ? end - 1 : end) + "\u2026";
    }

    /** A text whose control characters, marks of direction and halves of surrogates are U+FFFD; lines stay lines. */
    static String visible(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A text that UTF-8 can write. */
    static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        int type = Character.getType(c);
        boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && !direction;
    }
}
