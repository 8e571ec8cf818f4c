package io.github.ftmaven.runtime.template;

/** A growing text, which pays its {@link Budget} before it grows. Every text of this room is built with it. */
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

    /** Appends a part several times; never for a count below 1. */
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

    /** A part repeated several times. */
    static String repeated(String part, long times) {
        return new Text().repeat(part, times).toString();
    }

    /** A text reversed by UTF-16 units. */
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

    /** A text reversed by characters. */
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
