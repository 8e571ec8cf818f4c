package io.github.ftmaven.runtime.suite;

/** Prepares foreign text for display. */
final class Shown {
    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /** A text that UTF-8 can encode. */
    static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
