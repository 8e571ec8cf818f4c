package io.github.ftmaven.runtime.template;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that {@code |safe} or {@code |e} marked as HTML: MarkupSafe's string. Its operators and methods escape the
 * values that they add, and return marked text again; {@code ~} and the output return plain text.
 */
record Markup(String text) {
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\\w+));");
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

    /** A value with HTML's characters escaped, unless it is marked. */
    static Markup escape(Object value) {
        return value instanceof Markup marked ? marked : new Markup(escaped(Python.text(value)));
    }

    static String escaped(String text) {
        Budget.scan(text.length());
        Text escaped = new Text();
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (!entity.isEmpty()) {
                escaped.append(text, copied, i).append(entity);
                copied = i + 1;
            }
        }
        return copied == 0 ? text : escaped.append(text, copied, text.length()).toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> "";
        };
    }

    /** A value without its mark. */
    static Object plain(Object value) {
        return value instanceof Markup marked ? marked.text() : value;
    }

    /** A text with the same mark as another value. */
    static Object like(Object value, String text) {
        return value instanceof Markup ? new Markup(text) : text;
    }

    static String withoutTags(String html) {
        String text = without(without(html, "<!--", "-->"), "<", ">");
        return unescaped(Text.joined(" ", StringMethods.words(text)));
    }

    private static String without(String text, String begin, String end) {
        Text kept = new Text();
        int from = 0;
        int start = text.indexOf(begin);
        while (start >= 0) {
            int stop = text.indexOf(end, start);
            if (stop < 0) {
                break;
            }
            kept.append(text, from, start);
            from = stop + end.length();
            start = text.indexOf(begin, from);
        }
        return kept.append(text.substring(from)).toString();
    }

    static String unescaped(String html) {
        return ENTITY.matcher(html).replaceAll(match -> Matcher.quoteReplacement(character(match.group(), match)));
    }

    private static String character(String whole, MatchResult entity) {
        if (entity.group(3) != null) {
            return ENTITIES.getOrDefault(entity.group(3), whole);
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : "\ufffd";
    }
}
