package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatsTest {
    /** Values of IEEE 754's table of binary16, and of bfloat16 by its definition. */
    @ParameterizedTest
    @CsvSource({
        "F16, 3c00, 1.0",
        "F16, c000, -2.0",
        "F16, 7bff, 65504.0",
        "F16, 0400, 6.103515625E-5",
        "F16, 03ff, 6.097555160522461E-5",
        "F16, 0001, 5.960464477539063E-8",
        "F16, 8001, -5.960464477539063E-8",
        "F16, 8000, -0.0",
        "F16, 7c00, Infinity",
        "F16, fc00, -Infinity",
        "F16, 7e00, NaN",
        "F16, 3555, 0.333251953125",
        "BF16, 3f80, 1.0",
        "BF16, 4049, 3.140625",
        "BF16, 8000, -0.0",
        "BF16, 7f80, Infinity",
    })
    void decodes(DType type, String bits, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(0, (short) Integer.parseInt(bits, 16));
        FloatBuffer decoded = Floats.decode(bytes, type);
        assertThat(decoded.remaining()).isOne();
        assertThat((Float) decoded.get(0)).isEqualTo((Float) value);
    }

    /** The nearest of all finite halves, ties to even: found by looking at every one. */
    @Test
    void encodesTheNearestHalf() {
        assertThat(Floats.half(65519.99f)).isEqualTo((short) 0x7bff);
        assertThat(Floats.half(65520)).isEqualTo((short) 0x7c00);
        assertThat(Floats.half(Float.NaN)).isEqualTo((short) 0x7e00);
        assertThat(Floats.half(-0f)).isEqualTo((short) 0x8000);
        for (int bits = 0; bits < 0x7bff; bits++) {
            float value = decoded(DType.F16, bits);
            float next = decoded(DType.F16, bits + 1);
            float middle = (value + next) / 2;
            assertThat(Floats.half(value)).isEqualTo((short) bits);
            assertThat(Floats.half(-value)).isEqualTo((short) (bits | 0x8000));
            assertThat(Floats.half(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Floats.half(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(Floats.half(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0, 3f80", "1.00390625, 3f80", "1.01171875, 3f82", "1.0039064, 3f81", "-3.140625, c049", "NaN, 7fc0"})
    void encodesTheNearestBrainFloat(float value, String bits) {
        ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        Floats.encode(new float[] {0, value}, 1, 1, DType.BF16, bytes);
        assertThat(bytes.getShort(0)).isEqualTo((short) Integer.parseInt(bits, 16));
    }

    private static float decoded(DType type, int bits) {
        ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(0, (short) bits);
        return Floats.decode(bytes, type).get(0);
    }
}
