package io.github.ftmaven.runtime.decoder;

/**
 * Derives generator seeds from a 64-bit seed: each generator uses only some bits, so the other bits are mixed into
 * those.
 */
public final class Seeds {
    private Seeds() {}

    /**
     * The seed for a {@link java.util.Random}, which uses the lower 48 bits. A seed without higher bits stays
     * unchanged.
     */
    public static long forRandom(long seed) {
        return seed ^ (seed >>> 48) * 0x9E3779B97F4A7C15L;
    }

    /**
     * The seeds of a pass's dropout masks. libtorch's generator on a CPU uses the lower 32 bits. The mixing is
     * one-to-one: the first 2^32 masks of a training all have different seeds.
     *
     * @param seed of the training
     * @param pass its number in the training
     * @param masks the most masks that a pass draws; constant during a training
     */
    static long[] forMasks(long seed, long pass, int masks) {
        long[] seeds = new long[masks];
        for (int i = 0; i < masks; i++) {
            seeds[i] = forMask(seed, pass * masks + i);
        }
        return seeds;
    }

    /** Two rounds of a one-to-one function of the number's lower half, each with half of a key of all the rest. */
    private static long forMask(long seed, long number) {
        long key = mix(mix(seed) + (number >>> 32));
        int mixed = mix(mix((int) number ^ (int) key) ^ (int) (key >>> 32));
        return Integer.toUnsignedLong(mixed);
    }

    /** SplitMix64's step from 0 to a number of its sequence: one to one. */
    private static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** MurmurHash3's last step: one to one. */
    private static int mix(int x) {
        int h = x;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}
