package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.spec.Sameness;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Decides when two texts ask the same: they may differ only in case, white space, invisible characters, trailing
 * punctuation and Unicode form.
 *
 * <p>The normal form is nearly Unicode's {@code toNFKC_Casefold} (UAX #31, R5): compatibility composition, which makes
 * full width letters and ligatures plain ones; full case folding without locale rules (ß is ss; the Turkish dotless ı
 * is not i); and removal of default-ignorable code points. In addition, any white space becomes one blank, and trailing
 * sentence marks are removed.
 */
public final class SameQuestion {
    /** Sentence marks of several scripts, as NFKC leaves them. */
    private static final String ENDS =
            ".!?,;:\u2026\u061f\u060c\u061b\u06d4\u0964\u0965\u0589\u1362\u3001\u3002\uff61\u00bf\u00a1";

    private SameQuestion() {}

    /** The normal form: equal for two texts that ask the same. */
    public static String normal(String text) {
        String folded = isPlain(text) ? text.toLowerCase(Locale.ROOT) : folded(text);
        String spaced = spaced(folded);
        String cut = withoutEnd(spaced);
        return cut.isEmpty() ? spaced : cut; // a question of nothing but marks keeps them
    }

    /** The normal form, or for the exact rule the text without white space at its ends. */
    public static String normal(String text, Sameness sameness) {
        return sameness == Sameness.EXACT ? text.strip() : normal(text);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static String folded(String text) {
        // Invisible characters keep their neighbours from composing, so remove them first.
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isInvisible(c)).forEach(seen::appendCodePoint);
        StringBuilder folded = new StringBuilder(seen.length());
        Normalizer.normalize(seen, Normalizer.Form.NFKC).codePoints().forEach(c -> fold(c, folded));
        // Folding may produce characters that compose again.
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static void fold(int c, StringBuilder folded) {
        if (isInvisible(c)) {
            return;
        }
        if (c == '\u0131') {
            folded.appendCodePoint(c);
            return;
        }
        // Lower, upper, lower: ẞ, ß, SS, ss. One character at a time, because a final sigma differs.
        String upper = Character.toString(c).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        upper.codePoints().forEach(each -> folded.appendCodePoint(Character.toLowerCase(each)));
    }

    /** Controls other than white space, format characters, and letters and marks without a glyph. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> true;
            case Character.CONTROL -> !isSpace(c);
            default ->
                c == 0x034f // the grapheme joiner
                        || c == 0x115f
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xffa0 // Hangul fillers
                        || c == 0x17b4
                        || c == 0x17b5
                        || (c >= 0x180b && c <= 0x180f)
                        || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                        || (c >= 0xe0000 && c <= 0xe0fff);
        };
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0x2800; // and Braille's blank
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i); // all white space is of one unit
            if (isSpace(c)) {
                space = true;
            } else {
                if (space && !spaced.isEmpty()) {
                    spaced.append(' ');
                }
                space = false;
                spaced.append(c);
            }
        }
        return spaced.toString();
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || ENDS.indexOf(text.charAt(end - 1)) >= 0)) {
            end--;
        }
        return text.substring(0, end);
    }
}
