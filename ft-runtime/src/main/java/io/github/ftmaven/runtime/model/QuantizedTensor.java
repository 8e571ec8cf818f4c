package io.github.ftmaven.runtime.model;

import java.nio.ByteBuffer;

/**
 * A matrix that bitsandbytes quantized.
 *
 * @param type the type that dequantized values are rounded to
 * @param bytes the quantized elements; then, from a multiple of 4 bytes on, the 32-bit floats of the {@link Format}.
 *     Little-endian, in native memory, between position and limit
 */
public record QuantizedTensor(Format format, DType type, ByteBuffer bytes) {
    /** Elements of NF4 that share a scale. */
    static final int BLOCK = 64;

    /** Scales that share a scale. */
    static final int NESTED_BLOCK = 256;

    /** How elements are stored. */
    public enum Format {
        /**
         * NF4: two elements per byte, one byte per block; then one scale per 256 blocks, and the offset of all scales.
         */
        NF4_DOUBLE(1),
        /** NF4: two elements per byte; then one scale per block. */
        NF4(2),
        /** One element per byte, row by row; then each row's largest element. */
        INT8(3),
        /** NF4_DOUBLE of bitsandbytes on a CPU, where the lowest value of a scale is -1 instead of -0.993. */
        NF4_DOUBLE_CPU(4);

        private final int code;

        Format(int code) {
            this.code = code;
        }

        /** The number of the format in {@code decoder.py}. */
        public int code() {
            return code;
        }
    }
}
