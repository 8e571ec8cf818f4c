package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static final int MASKS = 9 * 32;

    @Test
    void noTwoMasksOfATrainingHaveTheSameSeed() {
        // 7,000 passes of 288 masks: of numbers drawn at random in 32 bits some 470 pairs would be the same.
        TreeSet<Long> seeds = new TreeSet<>();
        for (int pass = 0; pass < 7_000; pass++) {
            for (long seed : Seeds.forMasks(42, pass, MASKS)) {
                seeds.add(seed);
            }
        }
        assertThat(seeds.first()).isNotNegative();
        assertThat(seeds.last()).isLessThan(1L << 32);
        assertThat(seeds).hasSize(7_000 * MASKS);
    }

    @Test
    void everySeedDrawsOtherMasks() {
        long[] all = LongStream.of(
                        0, 1, 42, 43, 1234, 1 << 20, 42 + (1L << 20), 42 + (1L << 32), 42 + (1L << 48), Long.MAX_VALUE)
                .flatMap(seed -> Arrays.stream(Seeds.forMasks(seed, 3, MASKS)))
                .toArray();
        assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
        assertThat(Seeds.forMasks(42, 3, MASKS)).isEqualTo(Seeds.forMasks(42, 3, MASKS));
    }

    @Test
    void masksBeyondTheFirst2To32AreOthersAgain() {
        long far = (1L << 32) / MASKS + 1;
        assertThat(Seeds.forMasks(42, far, MASKS)).doesNotContain(Seeds.forMasks(42, 0, MASKS));
    }

    @Test
    void everyBitOfASeedReachesJavasGenerator() {
        long plain = new Random(Seeds.forRandom(42)).nextLong();
        assertThat(plain).isEqualTo(new Random(42).nextLong());
        for (int bit = 0; bit < 63; bit++) {
            assertThat(new Random(Seeds.forRandom(42 ^ 1L << bit)).nextLong()).isNotEqualTo(plain);
        }
    }
}
