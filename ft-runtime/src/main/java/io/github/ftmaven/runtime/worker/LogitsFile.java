package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A safetensors file with the logits of one prompt, for comparing with other programs. */
final class LogitsFile {
    private LogitsFile() {}

    /**
     * Writes the tensor {@code logits}.
     *
     * @param logits (tokens, vocabulary)
     */
    static void write(Path file, float[][] logits) throws IOException {
        List<Long> shape = List.of((long) logits.length, (long) logits[0].length);
        SafetensorsWriter.write(file, Map.of("logits", new SafetensorsWriter.Tensor(DType.F32, shape, () -> {
            ByteBuffer bytes = ByteBuffer.allocate(logits.length * logits[0].length * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (float[] row : logits) {
                bytes.asFloatBuffer().put(row);
                bytes.position(bytes.position() + row.length * Float.BYTES);
            }
            return bytes.flip();
        })));
    }
}
