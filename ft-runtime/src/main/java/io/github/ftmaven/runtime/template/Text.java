package io.github.ftmaven.runtime.template;

/** A text that grows, and pays its {@link Budget} before it does. Texts of this room are made with nothing else. */
final class Text {
    private final Budget budget = Budget.current();
    private final StringBuilder text = new StringBuilder();

    private void grow(long length) {
        if (text.length() + length > Budget.LONGEST) {
            throw new TemplateException("a text becomes too long");
        }
        budget.make(length);
    }

    Text append(String part) {
        grow(part.length());
        text.append(part);
        return this;
    }

    Text append(String whole, int from, int to) {
        grow(Math.max(0, to - from));
        text.append(whole, from, to);
        return this;
    }

    Text append(char c) {
        grow(1);
        text.append(c);
        return this;
    }

    Text appendCodePoint(int c) {
        grow(Character.charCount(c));
        text.appendCodePoint(c);
        return this;
    }

    /** A part as often as it is wanted; not at all below 1. */
    Text repeat(String part, long times) {
        if (times > 0 && !part.isEmpty()) {
            grow(Math.multiplyExact(Math.min(times, Budget.LONGEST + 1L), (long) part.length()));
            text.append(part.repeat((int) times));
        }
        return this;
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** A part as often as it is wanted. */
    static String repeated(String part, long times) {
        return new Text().repeat(part, times).toString();
    }

    /** A text from its end to its beginning, in UTF-16 units. */
    static String turned(String text) {
        Budget.text(text.length());
        char[] characters = text.toCharArray();
        for (int i = 0, j = characters.length - 1; i < j; i++, j--) {
            char c = characters[i];
            characters[i] = characters[j];
            characters[j] = c;
        }
        return new String(characters);
    }

    /** A text from its end to its beginning, in whole characters. */
    static String reversed(String text) {
        Budget.text(text.length());
        return new StringBuilder(text).reverse().toString();
    }

    /** Parts with a separator between them. */
    static String joined(String separator, Iterable<String> parts) {
        Text text = new Text();
        boolean first = true;
        for (String part : parts) {
            text.append(first ? "" : separator).append(part);
            first = false;
        }
        return text.toString();
    }
}
