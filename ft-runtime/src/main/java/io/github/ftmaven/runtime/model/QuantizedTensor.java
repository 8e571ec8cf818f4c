package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;

/**
 * A matrix that bitsandbytes quantized.
 *
 * @param type what its values are rounded to when they are computed with
 * @param bytes the quantized elements; then, from a multiple of 4 bytes on, 32-bit floats: what {@link Format} says.
 *     Little-endian, in native memory, between position and limit
 */
public record QuantizedTensor(Format format, DType type, ByteBuffer bytes) {
    /** Elements of NF4 that share a scale. */
    static final int BLOCK = 64;

    /** Scales that share a scale. */
    static final int NESTED_BLOCK = 256;

    /** How elements are kept. */
    public enum Format {
        /** NF4: two elements a byte, a byte a block; then the scale of each 256 blocks, and what is added to a scale. */
        NF4_DOUBLE(1),
        /** NF4: two elements a byte; then the scale of each block. */
        NF4(2),
        /** An element a byte, row by row; then each row's largest element. */
        INT8(3),
        /** NF4_DOUBLE of bitsandbytes on a CPU, where the lowest of a scale's values is -1 and not -0.993. */
        NF4_DOUBLE_CPU(4);

        private final int code;

        Format(int code) {
            this.code = code;
        }

        /** The number that stands for it in {@code decoder.py}. */
        public int code() {
            return code;
        }
    }
}
