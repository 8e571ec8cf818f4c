package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.model.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/safetensors/mixed.safetensors",
                "/models/tiny-llama/model.safetensors",
                "/models/tiny-llama-adapter/adapter_model.safetensors"
            })
    void writesTheBytesOfThePythonLibrary(String resource) throws IOException {
        Path golden = TestModels.resource(resource);
        SafetensorsFile file = SafetensorsFile.open(golden, resource);
        List<String> names = new ArrayList<>(file.tensors().keySet());
        Collections.shuffle(names, new Random(1));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            TensorInfo info = file.tensor(name);
            tensors.put(name, new Tensor(info.dtype(), info.shape(), () -> file.bytes(name)));
        }
        Path written = directory.resolve("written.safetensors");
        SafetensorsWriter.write(written, tensors);
        assertThat(written).hasSameBinaryContentAs(golden);
    }

    @Test
    void leavesTheOldFileWhenATensorHasNotTheBytesOfItsShape() throws IOException {
        Path file = Files.writeString(directory.resolve("w.safetensors"), "old");
        Map<String, Tensor> tensors =
                Map.of("w", new Tensor(DType.F32, List.of(2L, 3L), () -> ByteBuffer.allocate(23)));
        assertThatThrownBy(() -> SafetensorsWriter.write(file, tensors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("w of type F32 and shape [2, 3] cannot have 23 bytes");
        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void writesBetweenPositionAndLimitAndLeavesTheBufferAsItWas() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        Path file = directory.resolve("w.safetensors");
        SafetensorsWriter.write(file, Map.of("w", new Tensor(DType.U8, List.of(2L), () -> buffer)));
        ByteBuffer read = SafetensorsFile.open(file, "w").bytes("w");
        assertThat(List.of(read.get(), read.get())).containsExactly((byte) 1, (byte) 2);
        assertThat(buffer.remaining()).isEqualTo(2);
    }
}
