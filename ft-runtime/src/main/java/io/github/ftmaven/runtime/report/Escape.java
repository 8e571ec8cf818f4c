package io.github.ftmaven.runtime.report;

import java.util.regex.Pattern;

/** Foreign text, made harmless for the place it is shown in. */
final class Escape {
    /** Behind these an invisible space keeps GitHub from making mentions, references and links of foreign text. */
    private static final Pattern LINKED = Pattern.compile("@|#(?=[0-9])|(?<=:)/(?=/)|(?i:www(?=\\.))");

    private Escape() {}

    /** For HTML, as content of an element or of a quoted attribute. */
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        visible(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** For Markdown, within a line or a cell of a table; it calls nobody and leads nowhere. */
    static String markdown(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        visible(text).codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("↵ ");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '#' ->
                    out.append('\\').appendCodePoint(c);
                default -> out.appendCodePoint(c);
            }
        });
        return LINKED.matcher(out).replaceAll("$0\u200B");
    }

    /** The text's first code points, with an ellipsis when there were more. */
    static String clip(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints)) + "…";
    }

    /** Line ends as line feeds, and what would not show (controls, reordering marks, half characters) as U+FFFD. */
    private static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            boolean hidden = switch (Character.getType(c)) {
                case Character.CONTROL -> c != '\n' && c != '\t';
                case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                // U+202A to U+202E and U+2066 to U+2069 reorder the text around them.
                default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
            };
            out.appendCodePoint(hidden ? 0xFFFD : c);
        });
        return out.toString();
    }
}
