package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** The floating point types of weights, decoded without a loss. */
public final class Floats {
    private static final float SMALLEST_HALF = 0x1p-24f;

    private Floats() {}

    /**
     * The elements of a tensor as 32-bit floats, in memory of their own.
     *
     * @param bytes little-endian, between position and limit
     * @param type F32, F16 or BF16
     * @throws IllegalArgumentException if it is another type
     */
    public static FloatBuffer decode(ByteBuffer bytes, DType type) {
        FloatBuffer values = FloatBuffer.allocate(bytes.remaining() / type.bytes());
        switch (type) {
            case F32 -> values.put(bytes.asFloatBuffer());
            case F16 -> {
                ShortBuffer halves = bytes.asShortBuffer();
                while (halves.hasRemaining()) {
                    values.put(half(halves.get()));
                }
            }
            case BF16 -> {
                ShortBuffer halves = bytes.asShortBuffer();
                while (halves.hasRemaining()) {
                    values.put(Float.intBitsToFloat(halves.get() << 16));
                }
            }
            default -> throw new IllegalArgumentException(type + " is not a type of weights");
        }
        return values.flip();
    }

    /** IEEE 754 binary16. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        int sign = bits & 0x8000;
        if (exponent == 0) {
            float tiny = fraction * SMALLEST_HALF;
            return sign == 0 ? tiny : -tiny;
        }
        int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign << 16 | wide << 23 | fraction << 13);
    }
}
