package io.github.ftmaven.runtime.drift;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Puts words into buckets by a hash, so that the words themselves need not be kept. */
public final class Sketch {
    /** The number of buckets that are kept. */
    static final int BUCKETS = 4096;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Sketch() {}

    /** The buckets of some words; a word that occurs twice counts once. */
    public static BitSet buckets(List<String> words) {
        BitSet buckets = new BitSet(BUCKETS);
        words.forEach(word -> buckets.set(bucket(word)));
        return buckets;
    }

    /** FNV-1a of the word's UTF-8, with the mixing of MurmurHash3 so that the low bits depend on all. */
    static int bucket(String word) {
        long hash = FNV_OFFSET;
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return (int) (hash & (BUCKETS - 1));
    }
}
