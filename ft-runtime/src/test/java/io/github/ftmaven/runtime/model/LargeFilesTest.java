package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, tensors and counts beyond 2^31. The files are sparse: they take next to nothing on disk. */
class LargeFilesTest {
    /** The embedding of a model with 70 billion parameters. */
    private static final long EMBEDDING = 2L * 128_256 * 8192;

    /** As float32, a fused matrix has more bytes than a buffer. */
    private static final long FUSED = 4L * 57_344 * 16_384;

    @TempDir
    Path directory;

    @Test
    void aTensorBehindFourGigabytesIsReadWhereItIs() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(write("model.safetensors", ""), "model");
        TensorInfo last = file.tensor("last");
        assertThat(last.offset()).isGreaterThan(5L << 30);
        assertThat(file.bytes("last").asFloatBuffer().get(3)).isEqualTo(4.5f);
        ByteBuffer part = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        file.read("last", 12, part);
        assertThat(part.getFloat(0)).isEqualTo(4.5f);
        assertThat(file.bytes("last", 8, 8).asFloatBuffer().get(1)).isEqualTo(4.5f);
    }

    @Test
    void aTensorBeyondABufferIsReadInParts() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(write("model.safetensors", ""), "model");
        assertThat(file.tensor("fused").elements()).isEqualTo(FUSED / 4);
        ByteBuffer part = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        file.read("fused", FUSED - 4, part);
        assertThat(part.getFloat(0)).isEqualTo(-2);
        assertThat(file.bytes("fused", FUSED - 8, 8).asFloatBuffer().get(1)).isEqualTo(-2);
        assertThatThrownBy(() -> file.bytes("fused")).hasMessageContaining("more than one buffer can hold");
        assertThatThrownBy(() -> file.bytes("fused", FUSED - 4, 8)).hasMessageContaining("are not within");
    }

    @Test
    void shardsMayHoldMoreParametersThanAnIntCounts() throws IOException {
        write("a.safetensors", "a.");
        write("b.safetensors", "b.");
        Files.writeString(directory.resolve("index.json"), """
                {"weight_map": {"a.embedding": "a.safetensors", "a.fused": "a.safetensors", "a.last": "a.safetensors",
                 "b.embedding": "b.safetensors", "b.fused": "b.safetensors", "b.last": "b.safetensors"}}
                """);
        Weights weights = ShardedWeights.open(directory, "index.json", "model");
        assertThat(weights.tensors().values().stream()
                        .mapToLong(TensorInfo::elements)
                        .sum())
                .isEqualTo(EMBEDDING + FUSED / 2 + 8)
                .isGreaterThan(1L << 31);
        assertThat(weights.bytes("b.last").asFloatBuffer().get(3)).isEqualTo(4.5f);
    }

    @Test
    void sizesOfQuantizedMatricesAreLong() {
        long elements = 65_536L * 65_536;
        assertThat(QuantizedTensor.Format.INT8.bytes(65_536, 65_536)).isEqualTo(elements + 4 * 65_536);
        assertThat(QuantizedTensor.Format.NF4.bytes(65_536, 65_536)).isEqualTo(elements / 2 + elements / 16);
        assertThat(QuantizedTensor.Format.NF4_DOUBLE.bytes(65_536, 65_536))
                .isEqualTo(elements / 2 + elements / 64 + 4 * (elements / 64 / 256 + 1));
    }

    /** An embedding, a fused matrix that ends in -2, and four floats that end in 4.5. */
    private Path write(String name, String prefix) throws IOException {
        long end = EMBEDDING + FUSED;
        String header = String.format(Locale.ROOT, """
                {"%1$sembedding": {"dtype": "BF16", "shape": [128256, 8192], "data_offsets": [0, %2$d]},
                 "%1$sfused": {"dtype": "F32", "shape": [57344, 16384], "data_offsets": [%2$d, %3$d]},
                 "%1$slast": {"dtype": "F32", "shape": [4], "data_offsets": [%3$d, %4$d]}}""", prefix, EMBEDDING, end, end + 16);
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .flip());
            channel.write(ByteBuffer.wrap(text));
            long start = 8L + text.length;
            channel.write(number(-2), start + end - 4);
            channel.write(number(4.5f), start + end + 12);
        }
        return file;
    }

    private static ByteBuffer number(float value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .flip();
    }
}
