package io.github.ftmaven.runtime.assertion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The minimum number of insertions, deletions and replacements of UTF-16 units that turns one text into another,
 * computed 64 at a time (Myers, 1999, in the form of Hyyr\u00f6, 2003).
 */
final class Levenshtein {
    private static final int BITS = Long.SIZE;
    private static final long MOST_WORK = 1L << 31;

    private Levenshtein() {}

    /**
     * Computes the distance.
     *
     * @throws LimitException for texts of more than about 350,000 units each
     */
    static int distance(String a, String b) {
        String pattern = a.length() < b.length() ? a : b;
        String text = a.length() < b.length() ? b : a;
        if (pattern.isEmpty()) {
            return text.length();
        }
        int blocks = (pattern.length() + BITS - 1) / BITS;
        if ((long) blocks * text.length() > MOST_WORK) {
            throw new LimitException("A pair of texts of " + a.length() + " and " + b.length() + " characters");
        }
        Map<Character, long[]> places = places(pattern, blocks);
        long[] none = new long[blocks];
        long[] rises = new long[blocks]; // where the table increases by one from row to row
        long[] falls = new long[blocks]; // where it decreases by one
        Arrays.fill(rises, -1);
        long last = 1L << ((pattern.length() - 1) % BITS);
        int distance = pattern.length();
        for (int j = 0; j < text.length(); j++) {
            long[] own = places.getOrDefault(text.charAt(j), none);
            int carry = 1;
            for (int i = 0; i < blocks; i++) {
                long equal = own[i];
                long vertical = equal | falls[i];
                equal |= carry < 0 ? 1 : 0;
                long horizontal = (((equal & rises[i]) + rises[i]) ^ rises[i]) | equal;
                long up = falls[i] | ~(horizontal | rises[i]);
                long down = rises[i] & horizontal;
                long top = i == blocks - 1 ? last : 1L << (BITS - 1);
                int out = (up & top) != 0 ? 1 : (down & top) != 0 ? -1 : 0;
                up = (up << 1) | (carry > 0 ? 1 : 0);
                down = (down << 1) | (carry < 0 ? 1 : 0);
                rises[i] = down | ~(vertical | up);
                falls[i] = up & vertical;
                carry = out;
            }
            distance += carry;
        }
        return distance;
    }

    /** For each character, a bit mask of its positions. */
    private static Map<Character, long[]> places(String pattern, int blocks) {
        Map<Character, long[]> places = new HashMap<>();
        for (int i = 0; i < pattern.length(); i++) {
            places.computeIfAbsent(pattern.charAt(i), c -> new long[blocks])[i / BITS] |= 1L << (i % BITS);
        }
        return places;
    }
}
