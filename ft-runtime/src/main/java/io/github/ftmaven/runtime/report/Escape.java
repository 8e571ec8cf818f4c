package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.PrintableText;
import java.util.regex.Pattern;

/** Escapes untrusted text for its place in a report. */
final class Escape {
    /** Longer texts are not useful in a report. */
    private static final int LONGEST = 2_000;

    /** U+2060, which is invisible, and which programs do not treat as a letter. */
    private static final char JOINER = '\u2060';

    /** Text that would begin a numbered list. */
    private static final Pattern NUMBERED = Pattern.compile("^(\\d+)([.)])(?=\\s|$)");

    private Escape() {}

    /** For HTML, as content of an element or of a quoted attribute. */
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        PrintableText.visible(clip(text, LONGEST)).codePoints().forEach(c -> {
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

    /**
     * For Markdown within a line or a table cell: the text appears literally, without formatting or links, and does not
     * mention anybody if the report becomes a comment.
     */
    static String markdown(String text) {
        String visible = PrintableText.visible(clip(text.strip(), LONGEST));
        StringBuilder out = new StringBuilder(visible.length() + 16);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '\n' -> out.append("↵ ");
                case '\t' -> out.append(' ');
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$' ->
                    out.append('\\').append(c);
                // Mentions, references and links are recognized after Markdown has been processed.
                case '#' -> out.append("\\#").append(isWord(visible, i + 1) ? JOINER : "");
                case '@' -> out.append('@').append(JOINER);
                case ':' -> out.append(':').append(visible.startsWith("//", i + 1) ? JOINER : "");
                case '.' -> out.append(endsIn(out, "www") ? JOINER : "").append('.');
                case '-', '+', '=' -> out.append(i == 0 ? "\\" : "").append(c);
                default -> out.append(c);
            }
        }
        return NUMBERED.matcher(out).replaceFirst("$1\\\\$2");
    }

    /** For Markdown outside a table, as code: its content is not interpreted. */
    static String code(String text) {
        String visible = PrintableText.visible(clip(text, LONGEST)).replace('\n', ' ');
        int longest = 0;
        int run = 0;
        for (int i = 0; i < visible.length(); i++) {
            run = visible.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String space = visible.startsWith("`") || visible.endsWith("`") || visible.isBlank() ? " " : "";
        return fence + space + visible + space + fence;
    }

    private static boolean isWord(String text, int index) {
        return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }

    private static boolean endsIn(StringBuilder text, String end) {
        int start = text.length() - end.length();
        return start >= 0 && text.substring(start).equalsIgnoreCase(end);
    }

    /** The text's first code points, with an ellipsis when there were more. */
    static String clip(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints)) + "…";
    }
}
