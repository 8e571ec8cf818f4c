package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.Digests;

/** A place between 0 and 1 that a seed and texts determine, and nothing else. */
final class Place {
    private static final int BITS = 52;
    private static final int HEX_DIGITS = BITS / 4;

    private Place() {}

    /** The place, in [0, 1). */
    static double of(long seed, String... texts) {
        String digest = Digests.sha256(seed + "\0" + String.join("\0", texts));
        return Long.parseLong(digest.substring(0, HEX_DIGITS), 16) / (double) (1L << BITS);
    }
}
