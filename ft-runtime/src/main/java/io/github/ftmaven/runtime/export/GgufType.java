package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How GGUF stores the values of a tensor. */
enum GgufType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    /** Blocks of 32 values: one F16 scale, the largest magnitude over 127, and 32 signed bytes. */
    Q8_0(8, 32, 34);

    private final int code;
    private final int block;
    private final int blockBytes;

    GgufType(int code, int block, int blockBytes) {
        this.code = code;
        this.block = block;
        this.blockBytes = blockBytes;
    }

    /** The number of the type in a file. */
    int code() {
        return code;
    }

    /** Whether rows of this width are whole blocks. */
    boolean fits(long width) {
        return width % block == 0;
    }

    /** The size of this many values, whole blocks, in bytes. */
    long size(long elements) {
        return elements / block * blockBytes;
    }

    /** The first values of an array as bytes; values too large for F16 become infinite. */
    ByteBuffer encode(float[] values, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size(count))).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case F32 -> Floats.encode(values, 0, count, DType.F32, bytes);
            case F16 -> Floats.encode(values, 0, count, DType.F16, bytes);
            case Q8_0 -> {
                for (int start = 0; start < count; start += block) {
                    quantize(values, start, bytes);
                }
            }
        }
        return bytes.flip();
    }

    /** Follows ggml's {@code quantize_row_q8_0_ref}: ties round away from zero. */
    private static void quantize(float[] values, int start, ByteBuffer into) {
        float largest = 0;
        for (int i = start; i < start + Q8_0.block; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float[] scale = {largest / 127};
        float inverse = scale[0] == 0 ? 0 : 1 / scale[0];
        Floats.encode(scale, 0, 1, DType.F16, into);
        for (int i = start; i < start + Q8_0.block; i++) {
            float scaled = values[i] * inverse;
            into.put((byte) (scaled < 0 ? -Math.floor(0.5 - scaled) : Math.floor(0.5 + scaled)));
        }
    }
}
