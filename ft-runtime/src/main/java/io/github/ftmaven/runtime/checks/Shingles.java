package io.github.ftmaven.runtime.checks;

import java.util.Arrays;

/**
 * The runs of five characters of a text, as hashes, sorted and each once. Characters rather than words, because not all
 * languages write blanks between words, and so that a misspelt word costs little.
 */
final class Shingles {
    static final int LENGTH = 5;
    private static final int FACTOR = 0x01000193;

    private Shingles() {}

    /** The runs of a text; of a shorter text, the text itself. */
    static int[] of(String text) {
        if (text.length() <= LENGTH) {
            return text.isEmpty() ? new int[0] : new int[] {hash(text, 0, text.length())};
        }
        int[] all = new int[text.length() - LENGTH + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = hash(text, i, i + LENGTH);
        }
        Arrays.sort(all);
        int different = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[different++] = all[i];
            }
        }
        return Arrays.copyOf(all, different);
    }

    private static int hash(String text, int start, int end) {
        int hash = 0x811c9dc5;
        for (int i = start; i < end; i++) {
            hash = (hash ^ text.charAt(i)) * FACTOR;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /** The runs that are not among others. */
    static int[] without(int[] shingles, int[] others) {
        if (others.length == 0) {
            return shingles;
        }
        return Arrays.stream(shingles)
                .filter(each -> Arrays.binarySearch(others, each) < 0)
                .toArray();
    }

    /** Jaccard's similarity: the share of the runs of either text that both have. */
    static double similarity(int[] one, int[] other) {
        int both = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] == other[j]) {
                both++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        int either = one.length + other.length - both;
        return either == 0 ? 0 : (double) both / either;
    }
}
