package io.github.ftmaven.runtime.model;

/**
 * A matrix that bitsandbytes quantized.
 *
 * @param type the type that dequantized values are rounded to
 * @param size bytes of the content
 * @param content the quantized elements; then, from a multiple of 4 bytes on, the 32-bit floats of the {@link Format},
 *     little-endian
 */
public record QuantizedTensor(Format format, DType type, long size, TensorContent content) {
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

        /** The bytes that the elements of a matrix take, without any scales. */
        public long elementBytes(long rows, long columns) {
            long elements = Math.multiplyExact(rows, columns);
            return this == INT8 ? elements : ceil(elements, 2);
        }

        /** The number of scales of a matrix. */
        public long scales(long rows, long columns) {
            return this == INT8 ? rows : ceil(Math.multiplyExact(rows, columns), BLOCK);
        }

        /** The bytes that a matrix takes with its scales. */
        public long bytes(long rows, long columns) {
            long elements = elementBytes(rows, columns);
            long scales = scales(rows, columns);
            return isDouble()
                    ? aligned(elements + scales) + Float.BYTES * (ceil(scales, NESTED_BLOCK) + 1)
                    : aligned(elements) + Float.BYTES * scales;
        }

        /** Whether the scales are quantized too. */
        public boolean isDouble() {
            return this == NF4_DOUBLE || this == NF4_DOUBLE_CPU;
        }

        private static long aligned(long bytes) {
            return Float.BYTES * ceil(bytes, Float.BYTES);
        }

        private static long ceil(long elements, int size) {
            return (elements + size - 1) / size;
        }
    }
}
