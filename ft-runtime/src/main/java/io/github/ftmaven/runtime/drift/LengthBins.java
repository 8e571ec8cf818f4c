package io.github.ftmaven.runtime.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * Bins for lengths in words: one for each length below 32, then eight for each doubling, up to a million. A comparison
 * merges them into at most ten bins that hold about the same number of reference texts each, and one below and one above
 * all of these.
 */
final class LengthBins {
    private static final int EXACT = 32;
    private static final int EXACT_BITS = 5;
    private static final int PER_DOUBLING = 8;
    private static final int LONGEST = (1 << 20) - 1;
    private static final int MERGED = 10;

    /** The number of bins. */
    static final int SIZE = of(LONGEST) + 1;

    private LengthBins() {}

    static int of(int words) {
        if (words < EXACT) {
            return words;
        }
        int length = Math.min(words, LONGEST);
        int power = 31 - Integer.numberOfLeadingZeros(length); // 5 for 32 to 63
        int part = (length >> (power - 3)) - PER_DOUBLING;
        return EXACT + (power - EXACT_BITS) * PER_DOUBLING + part;
    }

    /**
     * Merges the bins of two sets in the same way.
     *
     * @param reference has at least one text
     * @return the counts of the reference, then those of the other set
     */
    static List<double[]> merged(Counts reference, Counts other) {
        List<Integer> ends = ends(reference);
        return List.of(merged(reference, ends), merged(other, ends));
    }

    /** Where the merged bins end, exclusively. */
    private static List<Integer> ends(Counts reference) {
        List<Integer> ends = new ArrayList<>();
        long left = reference.total();
        long share = (left + MERGED - 1) / MERGED;
        long inBin = 0;
        for (int i = 0; i < SIZE && left > 0; i++) {
            if (left == reference.total() && reference.get(i) > 0 && i > 0) {
                ends.add(i);
            }
            inBin += reference.get(i);
            left -= reference.get(i);
            if (left == 0 || (inBin >= share && left >= share)) {
                ends.add(i + 1);
                inBin = 0;
            }
        }
        if (ends.isEmpty() || ends.get(ends.size() - 1) < SIZE) {
            ends.add(SIZE);
        }
        return ends;
    }

    private static double[] merged(Counts counts, List<Integer> ends) {
        double[] merged = new double[ends.size()];
        int begin = 0;
        for (int i = 0; i < merged.length; i++) {
            for (int bin = begin; bin < ends.get(i); bin++) {
                merged[i] += counts.get(bin);
            }
            begin = ends.get(i);
        }
        return merged;
    }
}
