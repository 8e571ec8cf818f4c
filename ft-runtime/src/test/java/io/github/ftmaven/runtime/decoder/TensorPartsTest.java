package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With parts so small that a tensor has several, and the last is short. */
class TensorPartsTest {
    @TempDir
    Path directory;

    private final Arena arena = Torch.load("cpu", 1).arena();
    private final TensorParts parts = new TensorParts(arena, 4);
    private final float[] values = {1, -2.5f, 3, 4, 5, 6.0009766f, 7, 8, 9, 1e-40f};

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void aTensorComesBackFromAFile() throws IOException {
        Tensor tensor = arena.floats(values, 5, 2);
        Path file = directory.resolve("t.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of(
                        "x", new SafetensorsWriter.Tensor(DType.F32, List.of(5L, 2L), parts.content(tensor, DType.F32)),
                        "h",
                                new SafetensorsWriter.Tensor(
                                        DType.F16, List.of(5L, 2L), parts.content(tensor, DType.F16))));
        Tensor read = arena.zeros(5, 2);
        SafetensorsFile saved = SafetensorsFile.open(file, "t");
        assertThat(parts.fill(read, saved, "x")).isTrue();
        assertThat(read.toFloats()).isEqualTo(values);
        parts.fill(read, saved, "h");
        assertThat(read.toFloats()).isEqualTo(new float[] {1, -2.5f, 3, 4, 5, 6, 7, 8, 9, 0});
        assertThatThrownBy(() -> parts.fill(arena.zeros(9), saved, "x")).hasMessage("x has 10 elements, not 9");
    }

    @Test
    void aCopyDoesNotChangeWithTheTensor() {
        Tensor tensor = arena.floats(values, 10);
        List<ByteBuffer> copy = parts.copy(tensor);
        assertThat(copy).extracting(ByteBuffer::remaining).containsExactly(16, 16, 8);
        parts.fill(tensor, () -> 0);
        assertThat(tensor.toFloats()).containsOnly(0);
        parts.fill(tensor, copy);
        parts.fill(tensor, copy);
        assertThat(tensor.toFloats()).isEqualTo(values);
    }

    @Test
    void whatIsNotFiniteIsToldOfInWhateverPartItIs() throws IOException {
        for (int at : new int[] {0, 5, 9}) {
            float[] spoilt = values.clone();
            spoilt[at] = at == 5 ? Float.NaN : Float.NEGATIVE_INFINITY;
            Tensor tensor = arena.floats(spoilt, 10);
            Path file = directory.resolve("s.safetensors");
            SafetensorsWriter.write(
                    file,
                    Map.of(
                            "x",
                            new SafetensorsWriter.Tensor(DType.F32, List.of(10L), parts.content(tensor, DType.F32))));
            assertThat(parts.fill(arena.zeros(10), SafetensorsFile.open(file, "s"), "x"))
                    .isFalse();
        }
    }

    @Test
    void aScalarIsATensorToo() {
        Tensor step = arena.scalar(3);
        List<ByteBuffer> copy = parts.copy(step);
        parts.fill(step, () -> 5);
        assertThat(step.item()).isEqualTo(5);
        parts.fill(step, copy);
        assertThat(step.item()).isEqualTo(3);
    }
}
