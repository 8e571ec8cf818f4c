package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
    private final WeightedMean mean = new WeightedMean();

    @Test
    void weighsEachList() {
        mean.add(List.of(bytes(1, -2), bytes(8)), 3);
        mean.add(List.of(bytes(5, 2), bytes(0)), 1);
        assertThat(mean.values()).containsExactly(bytes(2, -1), bytes(6));
    }

    /** In float32, 2^24 + 1 is 2^24. */
    @Test
    void roundsOnce() {
        mean.add(List.of(bytes(1 << 24)), 1);
        mean.add(List.of(bytes(1)), 1);
        mean.add(List.of(bytes(1)), 1);
        mean.add(List.of(bytes(2)), 1);
        assertThat(mean.values()).containsExactly(bytes((1 << 22) + 1));
    }

    @Test
    void theMeanOfOneListIsThatList() {
        float[] values = new float[10_000];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(values[i])) {
                values[i] = Float.MIN_VALUE;
            }
        }
        mean.add(List.of(bytes(values)), 987_654_321_987L);
        assertThat(mean.values()).containsExactly(bytes(values));
    }

    @Test
    void otherSizesAreRefused() {
        mean.add(List.of(bytes(1, 2)), 1);
        for (List<byte[]> wrong : List.of(List.of(bytes(1)), List.of(bytes(1, 2), bytes(3)), List.<byte[]>of())) {
            assertThatThrownBy(() -> mean.add(wrong, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
