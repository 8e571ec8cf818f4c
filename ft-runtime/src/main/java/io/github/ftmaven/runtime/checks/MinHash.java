package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Scratch;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Signatures of sets (Broder 1997): the share of equal places in two signatures estimates the similarity of the sets.
 * Bands of a signature find sets that are similar without comparing each with each (Leskovec, Rajaraman, Ullman,
 * Mining of Massive Datasets, chapter 3).
 *
 * <p>Sixteen bands of four places find two sets of similarity 0.8 with a probability of 0.9998, and of 0.7 with 0.99.
 */
final class MinHash {
    static final int BANDS = 16;
    private static final int ROWS = 4;
    static final int PLACES = BANDS * ROWS;

    private static final long[] FACTORS =
            new SplittableRandom(19).longs(PLACES).map(x -> x | 1).toArray();
    private static final long[] TERMS = new SplittableRandom(77).longs(PLACES).toArray();

    private MinHash() {}

    /** Writes the signature of a set that is not empty to its place among the signatures. */
    static void sign(int[] set, Scratch.Ints signatures, int index) {
        int[] least = new int[PLACES];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int element : set) {
            long x = element * 0x9E3779B97F4A7C15L;
            x ^= x >>> 32;
            for (int k = 0; k < PLACES; k++) {
                int hash = (int) ((x * FACTORS[k] + TERMS[k]) >>> 32);
                least[k] = Math.min(least[k], hash);
            }
        }
        for (int k = 0; k < PLACES; k++) {
            signatures.set((long) index * PLACES + k, least[k]);
        }
    }

    /** The number of places in which two signatures are equal. */
    static int equalPlaces(Scratch.Ints signatures, int one, int other) {
        int equal = 0;
        for (int k = 0; k < PLACES; k++) {
            equal += signatures.get((long) one * PLACES + k) == signatures.get((long) other * PLACES + k) ? 1 : 0;
        }
        return equal;
    }

    /** The signatures in the order of one band: its hash above, the index of the signature below. */
    static long[] sorted(Scratch.Ints signatures, int count, int band) {
        long[] keys = IntStream.range(0, count)
                .parallel()
                .mapToLong(i -> ((long) hash(signatures, i, band) << 32) | i)
                .toArray();
        Arrays.parallelSort(keys);
        return keys;
    }

    private static int hash(Scratch.Ints signatures, int index, int band) {
        int hash = 0;
        for (int k = band * ROWS; k < (band + 1) * ROWS; k++) {
            hash = (hash ^ signatures.get((long) index * PLACES + k)) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}
