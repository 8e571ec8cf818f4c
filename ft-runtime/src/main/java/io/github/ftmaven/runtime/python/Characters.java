package io.github.ftmaven.runtime.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which characters Python counts as words, digits and spaces, and which it considers equal where case is ignored. */
public final class Characters {
    private static final int NUMBERS =
            (1 << Character.DECIMAL_DIGIT_NUMBER) | (1 << Character.LETTER_NUMBER) | (1 << Character.OTHER_NUMBER);

    private Characters() {}

    static boolean isWord(int c) {
        return c < 128 ? isAsciiWord(c) : Character.isLetter(c) || ((NUMBERS >> Character.getType(c)) & 1) != 0;
    }

    static boolean isAsciiWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /**
     * Whether Python's {@code str.isspace} holds, {@code str.strip} removes the character and {@code \s} matches it.
     */
    public static boolean isSpace(int c) {
        return isAsciiSpace(c)
                || (c >= 0x1c && c <= 0x1f)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    static boolean isAsciiSpace(int c) {
        return (c >= '\t' && c <= '\r') || c == ' ';
    }

    /** The class behind a backslash, as {@code d} or {@code W}. */
    static IntPredicate kind(char letter, boolean ascii) {
        IntPredicate kind = switch (Character.toLowerCase(letter)) {
            case 'd' -> ascii ? c -> c >= '0' && c <= '9' : Character::isDigit;
            case 's' -> ascii ? Characters::isAsciiSpace : Characters::isSpace;
            default -> ascii ? Characters::isAsciiWord : Characters::isWord;
        };
        return Character.isUpperCase(letter) ? kind.negate() : kind;
    }

    /** Whether two characters are equal where case is ignored. */
    static boolean hasCase(int c, boolean ascii) {
        return ascii ? Character.isLetter(c) && c < 128 : Letters.CASED.get(c);
    }

    /** Adds the characters that are equal to a member where case is ignored. */
    static void addSameLetters(BitSet members, boolean ascii) {
        for (int[] same : ascii ? Letters.ASCII : Letters.CLASSES) {
            if (Arrays.stream(same).anyMatch(members::get)) {
                Arrays.stream(same).forEach(members::set);
            }
        }
    }

    /**
     * Letters are equal if they share a lower-case letter, or if their lower-case letters share a capital: s and long
     * s.
     */
    private static final class Letters {
        static final int[][] ASCII = IntStream.rangeClosed('a', 'z')
                .mapToObj(c -> new int[] {c, c - 32})
                .toArray(int[][]::new);
        static final int[][] CLASSES = classes();
        static final BitSet CASED = new BitSet();

        static {
            Arrays.stream(CLASSES).flatMapToInt(Arrays::stream).forEach(CASED::set);
        }

        private static int[][] classes() {
            Map<String, List<Integer>> classes = new LinkedHashMap<>();
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                int lower = Character.toLowerCase(c);
                if (lower != c || Character.toUpperCase(c) != c || Character.isLowerCase(c)) {
                    String capital = Character.toString(lower).toUpperCase(Locale.ROOT);
                    classes.computeIfAbsent(capital, key -> new ArrayList<>()).add(c);
                }
            }
            return classes.values().stream()
                    .filter(same -> same.size() > 1)
                    .map(same -> same.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }
    }
}
