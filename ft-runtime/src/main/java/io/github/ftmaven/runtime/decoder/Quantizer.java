package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.nio.ByteBuffer;

/** Quantizes a matrix part by part, so that only one part is in memory as numbers. */
final class Quantizer implements TensorParts.Part, AutoCloseable {
    private static final int BLOCK = 64;

    private final Script script;
    private final Format format;
    private final long columns;
    private final long elementBytes;
    private final Tensor quantized;
    private final Arena work;
    private final Tensor scales;

    /**
     * Begins a matrix.
     *
     * @param results owns the quantized matrix
     * @param script {@link Conversion}
     */
    Quantizer(Arena results, Script script, Format format, long rows, long columns) {
        this.script = script;
        this.format = format;
        this.columns = columns;
        this.elementBytes = format.elementBytes(rows, columns);
        this.work = results.child();
        this.scales = work.zeros(format.scales(rows, columns));
        this.quantized = script.differentiate(
                        results, "byte_zeros", work.longs(new long[] {format.bytes(rows, columns)}, 1))
                .get(0);
    }

    /** Each part but the last has a multiple of this number of elements. */
    long multiple() {
        return format == Format.INT8 ? columns : BLOCK;
    }

    @Override
    public boolean take(long start, ByteBuffer bytes, DType type) {
        try (Arena step = work.child()) {
            String method = format == Format.INT8 ? "add_int8" : "add_nf4";
            Tensor raw = step.bytes(bytes, bytes.remaining());
            return script.call(step, method, quantized, scales, raw, Conversion.code(type), start, columns)
                            .get(0)
                            .item()
                    != 0;
        }
    }

    /** The quantized matrix, once it has taken all parts. */
    Tensor finish() {
        script.call(work, format.isDouble() ? "end_double" : "end", quantized, scales, elementBytes);
        return quantized;
    }

    @Override
    public void close() {
        work.close();
    }
}
