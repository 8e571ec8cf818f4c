package io.github.ftmaven.runtime.error;

/** The beginning of a foreign text for a message: it cannot move the cursor, colour a terminal or end a line. */
public final class OneLine {
    private OneLine() {}

    /** A text on one line, shortened. */
    public static String of(String text, int longest) {
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
}
