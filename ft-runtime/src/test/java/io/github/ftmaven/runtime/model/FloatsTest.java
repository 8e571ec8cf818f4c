package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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
}
