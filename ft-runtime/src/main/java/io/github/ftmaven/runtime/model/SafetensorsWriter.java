package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes safetensors files that are byte-identical to those of the format's own Python library. */
public final class SafetensorsWriter {
    /** Wider types first, so that every tensor is aligned; then by name. */
    private static final Comparator<Map.Entry<String, Tensor>> ORDER = Comparator.comparing(
                    (Map.Entry<String, Tensor> entry) -> entry.getValue().dtype())
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * One tensor to write.
     *
     * @param content writes all bytes, little-endian and row-major; called once, when the tensor is written, so that
     *     only part of one tensor is in memory
     */
    public record Tensor(DType dtype, List<Long> shape, TensorContent content) {
        /** Copies {@code shape}. */
        public Tensor {
            shape = List.copyOf(shape);
        }

        /** A tensor whose bytes (2 GiB - 1 at most) are in one buffer, between position and limit. */
        public Tensor(DType dtype, List<Long> shape, Supplier<ByteBuffer> bytes) {
            this(dtype, shape, sink -> sink.write(bytes.get()));
        }

        /** Its bytes. */
        public long size() {
            return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
        }
    }

    /**
     * Writes a file of tensors with the metadata {@code {"format":"pt"}}, which Python readers require. The file
     * appears whole or not at all, and replaces an older one.
     *
     * @throws IllegalArgumentException if the content of a tensor does not have the size that its shape needs
     */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        write(file, tensors, Map.of());
    }

    /**
     * Like {@link #write(Path, Map)}, with more metadata.
     *
     * @param metadata added to {@code __metadata__} after the format, in the order of the map
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        write(file, ordered(tensors), metadata, null);
    }

    /**
     * Like {@link #write(Path, Map, Map)}, but ends the file with a tensor that holds the SHA-256 of all bytes before
     * it; see {@link SafetensorsFile#isIntact}.
     */
    public static void writeSealed(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        MessageDigest digest = Digests.of("SHA-256");
        List<Map.Entry<String, Tensor>> sealed = new ArrayList<>(ordered(tensors));
        sealed.add(Map.entry(
                SafetensorsFile.SEAL,
                new Tensor(
                        DType.U8, List.of((long) digest.getDigestLength()), () -> ByteBuffer.wrap(digest.digest()))));
        write(file, sealed, metadata, digest);
    }

    private static List<Map.Entry<String, Tensor>> ordered(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream().sorted(ORDER).toList();
    }

    private static void write(
            Path file,
            List<Map.Entry<String, Tensor>> ordered,
            Map<String, String> metadata,
            @Nullable MessageDigest digest)
            throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            writeTo(temporary, ordered, metadata, digest);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + FileProblem.reason(e), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeTo(
            Path file,
            List<Map.Entry<String, Tensor>> ordered,
            Map<String, String> metadata,
            @Nullable MessageDigest digest)
            throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, header(ordered, metadata), digest);
            for (Map.Entry<String, Tensor> entry : ordered) {
                Tensor tensor = entry.getValue();
                long start = channel.position();
                tensor.content().writeTo(bytes -> writeFully(channel, bytes.duplicate(), digest));
                long written = channel.position() - start;
                if (written != tensor.size()) {
                    throw new IllegalArgumentException(entry.getKey() + " of type " + tensor.dtype() + " and shape "
                            + TensorInfo.format(tensor.shape()) + " cannot have " + written + " bytes");
                }
            }
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, @Nullable MessageDigest digest)
            throws IOException {
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer header(List<Map.Entry<String, Tensor>> ordered, Map<String, String> metadata)
            throws JsonProcessingException {
        JsonMapper mapper = Json.lenient();
        ObjectNode header = mapper.createObjectNode();
        ObjectNode description = header.putObject("__metadata__").put("format", "pt");
        metadata.forEach(description::put);
        long end = 0;
        for (Map.Entry<String, Tensor> entry : ordered) {
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", entry.getValue().dtype().name());
            entry.getValue().shape().forEach(node.putArray("shape")::add);
            long start = end;
            end = Math.addExact(start, entry.getValue().size());
            node.putArray("data_offsets").add(start).add(end);
        }
        byte[] json = mapper.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        return ByteBuffer.allocate(Long.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(padded)
                .flip();
    }
}
