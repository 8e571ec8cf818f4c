package io.github.ftmaven.runtime.error;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes foreign text, such as a model's answer or a name in somebody's data, safe for a terminal, a log or a page: it
 * cannot move the cursor, colour or reorder the text around it, issue commands to a build server, or flood the log.
 */
public final class PrintableText {
    private static final int LONGEST = 8_000;

    /**
     * Text that build servers take for a command, at the beginning of a line or anywhere in it: GitHub's {@code
     * ::set-env},
     * {@code ##[command]}, {@code ##vso[} of Azure and {@code ##teamcity[}.
     */
    private static final Pattern ORDER = Pattern.compile("(?m)^(\\s*):(?=:)|#(?=#(?:\\[|vso\\[|teamcity\\[))");

    private PrintableText() {}

    /** The text as a message of at most a few lines; a long one is cut, with a note. */
    public static String of(String text) {
        String visible = whole(head(text));
        return text.length() <= LONGEST
                ? visible
                : visible + String.format(Locale.ROOT, "… (%,d characters in all)", text.length());
    }

    /** The text at full length, for output that holds nothing else. */
    public static String whole(String text) {
        return ORDER.matcher(visible(text))
                .replaceAll(match -> match.group().contains("#") ? "# " : match.group(1) + ": ");
    }

    /** The text on one line. */
    public static String line(String text) {
        return of(text).replaceAll("\\s*\n\\s*", " ");
    }

    /**
     * Line ends as line feeds, and invisible characters (controls, reordering marks, half surrogate pairs) as U+FFFD.
     */
    public static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> out.appendCodePoint(isHidden(c) ? 0xFFFD : c));
        return out.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // U+202A to U+202E and U+2066 to U+2069 reorder the text around them.
            default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        };
    }

    private static String head(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
