package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.model.TensorContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a GGUF file: keys, then tensors, each in the order in which they were added (ggml's {@code docs/gguf.md},
 * version 3, little-endian).
 */
final class GgufFile {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Bytes keys = new Bytes();
    private long keyCount;
    private final List<Tensor> tensors = new ArrayList<>();

    private record Tensor(String name, List<Long> shape, GgufType type, TensorContent content) {
        long size() {
            return type.size(shape.stream().reduce(1L, Math::multiplyExact));
        }
    }

    GgufFile put(String key, String value) {
        return key(key, STRING, out -> out.string(value));
    }

    /** Adds an unsigned 32-bit number. */
    GgufFile put(String key, int value) {
        return key(key, UINT32, out -> out.int32(value));
    }

    GgufFile put(String key, float value) {
        return key(key, FLOAT32, out -> out.int32(Float.floatToIntBits(value)));
    }

    GgufFile put(String key, boolean value) {
        return key(key, BOOL, out -> out.write(value ? 1 : 0));
    }

    GgufFile putStrings(String key, List<String> values) {
        return array(key, STRING, values, Bytes::string);
    }

    GgufFile putInts(String key, List<Integer> values) {
        return array(key, INT32, values, Bytes::int32);
    }

    GgufFile putFloats(String key, List<Float> values) {
        return array(key, FLOAT32, values, (out, value) -> out.int32(Float.floatToIntBits(value)));
    }

    /**
     * Adds a tensor.
     *
     * @param shape outermost dimension first, as in safetensors; the file stores the reverse
     */
    GgufFile add(String name, List<Long> shape, GgufType type, TensorContent content) {
        tensors.add(new Tensor(name, List.copyOf(shape), type, content));
        return this;
    }

    /**
     * Writes the file, which appears whole or not at all.
     *
     * @throws IllegalArgumentException if the content of a tensor does not have the size that its shape needs
     */
    void write(Path file) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void writeTo(FileChannel channel) throws IOException {
        Bytes header = new Bytes();
        header.writeBytes(MAGIC);
        header.int32(VERSION);
        header.int64(tensors.size());
        header.int64(keyCount);
        header.writeBytes(keys.toByteArray());
        long offset = 0;
        for (Tensor tensor : tensors) {
            header.string(tensor.name());
            header.int32(tensor.shape().size());
            for (int i = tensor.shape().size() - 1; i >= 0; i--) {
                header.int64(tensor.shape().get(i));
            }
            header.int32(tensor.type().code());
            header.int64(offset);
            offset += tensor.size() + padding(tensor.size());
        }
        header.writeBytes(new byte[padding(header.size())]);
        writeFully(channel, ByteBuffer.wrap(header.toByteArray()));
        for (Tensor tensor : tensors) {
            long start = channel.position();
            tensor.content().writeTo(bytes -> writeFully(channel, bytes));
            long written = channel.position() - start;
            if (written != tensor.size()) {
                throw new IllegalArgumentException(tensor.name() + " of type " + tensor.type() + " and shape "
                        + tensor.shape() + " cannot have " + written + " bytes");
            }
            writeFully(channel, ByteBuffer.allocate(padding(written)));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int padding(long size) {
        return (int) (-size & (ALIGNMENT - 1));
    }

    private GgufFile key(String key, int type, Element value) {
        keys.string(key);
        keys.int32(type);
        value.writeTo(keys);
        keyCount++;
        return this;
    }

    private <T> GgufFile array(String key, int type, List<T> values, Elements<T> write) {
        return key(key, ARRAY, out -> {
            out.int32(type);
            out.int64(values.size());
            values.forEach(value -> write.writeTo(out, value));
        });
    }

    @FunctionalInterface
    private interface Element {
        void writeTo(Bytes out);
    }

    @FunctionalInterface
    private interface Elements<T> {
        void writeTo(Bytes out, T value);
    }

    /** Little-endian bytes. */
    private static final class Bytes extends ByteArrayOutputStream {
        void int32(int value) {
            append(value, Integer.BYTES);
        }

        void int64(long value) {
            append(value, Long.BYTES);
        }

        void string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int64(utf8.length);
            writeBytes(utf8);
        }

        private void append(long value, int bytes) {
            for (int i = 0; i < bytes; i++) {
                write((int) (value >> (8 * i)));
            }
        }
    }
}
