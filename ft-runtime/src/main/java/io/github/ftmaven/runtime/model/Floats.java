package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** The floating point types of weights. Decoding is lossless; encoding rounds to the nearest value, ties to even. */
public final class Floats {
    private static final float SMALLEST_HALF = 0x1p-24f;
    /** Half-way between the largest half and the value that would follow it. */
    private static final float OVERFLOWING_HALF = 65520;

    private static final int SMALLEST_EXPONENT = -14;
    private static final int FRACTION_BITS = 10;

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

    /**
     * Appends values in a type of weights. Values too large for it become infinite.
     *
     * @param into little-endian, with room for {@code count} elements
     * @param type F32, F16 or BF16
     * @throws IllegalArgumentException if it is another type
     */
    public static void encode(float[] values, int start, int count, DType type, ByteBuffer into) {
        for (int i = start; i < start + count; i++) {
            switch (type) {
                case F32 -> into.putFloat(values[i]);
                case F16 -> into.putShort(half(values[i]));
                case BF16 -> into.putShort(brain(values[i]));
                default -> throw new IllegalArgumentException(type + " is not a type of weights");
            }
        }
    }

    /** The nearest value of a type of weights. */
    public static float rounded(double value, DType type) {
        ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        encode(new float[] {(float) value}, 0, 1, type, bytes);
        return decode(bytes.flip(), type).get();
    }

    private static short brain(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (Float.isNaN(value) ? 0x7fc0 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    /** The nearest value of IEEE 754 binary16. */
    static short half(float value) {
        int sign = (Float.floatToIntBits(value) >> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return 0x7e00;
        }
        if (magnitude >= OVERFLOWING_HALF) {
            return (short) (sign | 0x7c00);
        }
        // The distance between halves of this size; rint rounds ties to even. A carry moves on into the exponent.
        int exponent = Math.max(Math.getExponent(magnitude), SMALLEST_EXPONENT);
        int fraction = (int) Math.rint(magnitude * Float.intBitsToFloat((FRACTION_BITS - exponent + 127) << 23));
        return (short) (sign | (((exponent - SMALLEST_EXPONENT) << FRACTION_BITS) + fraction));
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
