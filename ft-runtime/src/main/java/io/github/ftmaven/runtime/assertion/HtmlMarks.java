package io.github.ftmaven.runtime.assertion;

import java.util.regex.Pattern;

/**
 * Counts the signs of HTML in a text as promptfoo does: each kind once. It scans the text instead of using patterns,
 * so a text of nothing but {@code <a } takes no longer than any other of its length.
 */
final class HtmlMarks {
    private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE" + Js.SPACE + "++html", Pattern.CASE_INSENSITIVE);
    private static final Pattern FREQUENT = Pattern.compile(
            "<(?:html|head|body|div|span|p|a|img|h[1-6]|ul|ol|li|table|tr|td|th|form|input|button|script|style|link"
                    + "|meta|br|hr)(?![a-zA-Z0-9_])",
            Pattern.CASE_INSENSITIVE);

    private final String text;
    private final int lastClosing;
    private boolean opening;
    private boolean closing;
    private boolean selfClosing;
    private boolean entity;
    private boolean comment;
    private boolean attribute;

    private HtmlMarks(String text) {
        this.text = text;
        this.lastClosing = text.lastIndexOf('>');
        int lastQuote = Math.max(text.lastIndexOf('"'), text.lastIndexOf('\''));
        int nextClosing = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<') {
                nextClosing = nextClosing < i ? text.indexOf('>', i) : nextClosing;
                nextClosing = nextClosing < 0 ? text.length() : nextClosing;
                tag(i, nextClosing);
            } else if (c == '&') {
                entity |= isEntity(i + 1);
            } else if (Js.isSpace(c)) {
                attribute |= isAttribute(i + 1, lastQuote);
            }
        }
        comment = hasComment();
    }

    /** The number of kinds of signs; from 2 on, the text counts as HTML. */
    static int count(String text) {
        HtmlMarks marks = new HtmlMarks(text);
        return one(marks.opening)
                + one(marks.closing)
                + one(marks.selfClosing)
                + one(marks.entity)
                + one(marks.comment)
                + one(marks.attribute)
                + 2 * one(DOCTYPE.matcher(text).find())
                + 2 * one(FREQUENT.matcher(text).find());
    }

    private static int one(boolean mark) {
        return mark ? 1 : 0;
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int nameEnd(int start) {
        int end = start;
        while (isLetter(at(end)) || (end > start && (isDigit(at(end)) || at(end) == '-'))) {
            end++;
        }
        return end;
    }

    private void tag(int start, int nextClosing) {
        boolean closes = at(start + 1) == '/';
        int nameStart = start + (closes ? 2 : 1);
        int end = nameEnd(nameStart);
        if (end == nameStart) {
            return;
        }
        if (closes) {
            while (Js.isSpace(at(end))) {
                end++;
            }
            closing |= at(end) == '>';
            return;
        }
        boolean spaced = Js.isSpace(at(end));
        opening |= at(end) == '>' || (spaced && lastClosing > end);
        selfClosing |= (at(end) == '/' && at(end + 1) == '>')
                || (spaced && nextClosing < text.length() && nextClosing - 1 > end && at(nextClosing - 1) == '/');
    }

    private boolean isEntity(int start) {
        int end = start;
        if (at(start) != '#') {
            while (isLetter(at(end))) {
                end++;
            }
            return end > start && at(end) == ';';
        }
        boolean hexadecimal = at(start + 1) == 'x';
        int digits = start + (hexadecimal ? 2 : 1);
        end = digits;
        while (isDigit(at(end)) || (hexadecimal && isLetter(at(end)) && Character.digit(at(end), 16) >= 0)) {
            end++;
        }
        return end > digits && at(end) == ';';
    }

    /** A name, an equals sign and a quote, with a closing quote somewhere after it. */
    private boolean isAttribute(int start, int lastQuote) {
        int end = start;
        while (isLetter(at(end)) || at(end) == '-') {
            end++;
        }
        if (end == start || at(end) != '=') {
            return false;
        }
        end++;
        while (Js.isSpace(at(end))) {
            end++;
        }
        return (at(end) == '"' || at(end) == '\'') && lastQuote > end;
    }

    /** A comment whose only two consecutive hyphens are the closing ones. */
    private boolean hasComment() {
        for (int i = text.indexOf("<!--"); i >= 0; i = text.indexOf("<!--", i + 1)) {
            int hyphens = text.indexOf("--", i + 4);
            if (hyphens < 0) {
                return false;
            }
            if (at(hyphens + 2) == '>') {
                return true;
            }
        }
        return false;
    }
}
