package io.github.ftmaven.runtime.lmeval;

import java.util.HashSet;
import java.util.Set;

/** CPython's {@code random.Random}: the Mersenne Twister MT19937, with the same seeding and the same numbers. */
final class PythonRandom {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;
    private static final int FIRST_SEED = 19650218;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /** Seeds it with a non-negative integer, as {@code Random(seed)}. */
    PythonRandom(long seed) {
        int[] key = seed >>> 32 == 0 ? new int[] {(int) seed} : new int[] {(int) seed, (int) (seed >>> 32)};
        state[0] = FIRST_SEED;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        for (int k = 0; k < SIZE; k++) {
            int j = k % key.length;
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = after(i);
        }
        for (int k = 0; k < SIZE - 1; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i = after(i);
        }
        state[0] = 0x80000000;
    }

    private int after(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    private int draw() {
        if (next == SIZE) {
            for (int i = 0; i < SIZE; i++) {
                int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
                state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** A number in [0, 1) of 53 bits. */
    private double random() {
        int high = draw() >>> 5;
        int low = draw() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private int below(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int drawn = draw() >>> (Integer.SIZE - bits);
        while (drawn >= bound) {
            drawn = draw() >>> (Integer.SIZE - bits);
        }
        return drawn;
    }

    /**
     * The indices of {@code sample(population, count)}, drawn without repetition.
     *
     * @param size the size of the population, at least {@code count}
     */
    int[] sample(int size, int count) {
        int[] drawn = new int[count];
        if (size <= smallPopulation(count)) {
            int[] pool = new int[size];
            for (int i = 0; i < size; i++) {
                pool[i] = i;
            }
            for (int i = 0; i < count; i++) {
                int j = below(size - i);
                drawn[i] = pool[j];
                pool[j] = pool[size - i - 1];
            }
        } else {
            Set<Integer> taken = new HashSet<>();
            for (int i = 0; i < count; i++) {
                do {
                    drawn[i] = below(size);
                } while (!taken.add(drawn[i]));
            }
        }
        return drawn;
    }

    /** For small populations CPython uses a list, which then needs less memory than a set of the drawn indices. */
    private static double smallPopulation(int count) {
        return count <= 5 ? 21 : 21 + Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
    }

    /** The indices of {@code choices(population, k=len(population))}, drawn with repetition. */
    int[] choices(int size) {
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
            chosen[i] = (int) Math.floor(random() * size);
        }
        return chosen;
    }
}
