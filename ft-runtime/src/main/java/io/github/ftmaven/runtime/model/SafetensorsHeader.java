package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a safetensors file, fully checked: eight bytes of length (little-endian), that many bytes of JSON, then
 * the tensors back to back until the end of the file.
 *
 * @param tensors by name, in the order of their bytes
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {
    private static final int LENGTH_BYTES = 8;
    /** The limit of the format's own reader. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final JsonTrees JSON = Json.strictTrees();

    /**
     * Reads and checks the header.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the header is invalid or does not match the file
     */
    static SafetensorsHeader read(FileChannel channel, String display) throws IOException {
        long fileSize = channel.size();
        if (fileSize < LENGTH_BYTES) {
            throw new InvalidInputException(display + ": not a safetensors file: it has only " + fileSize
                    + " bytes. The download may have been cut short.");
        }
        long length = ByteBuffer.wrap(readFully(channel, 0, LENGTH_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new InvalidInputException(display + ": not a safetensors file: its header would be "
                    + Long.toUnsignedString(length) + " bytes long. Is it a Git LFS pointer, or another format?");
        }
        if (length > fileSize - LENGTH_BYTES) {
            throw new InvalidInputException(display + ": truncated: the header alone is " + length
                    + " bytes long, the file " + fileSize + ". Download it again.");
        }
        JsonNode header = parse(readFully(channel, LENGTH_BYTES, (int) length), display);
        long dataStart = LENGTH_BYTES + length;
        List<TensorInfo> tensors = new ArrayList<>();
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                readMetadata(entry.getValue(), metadata, display);
            } else {
                tensors.add(tensor(entry.getKey(), entry.getValue(), dataStart, fileSize, display));
            }
        }
        return new SafetensorsHeader(
                contiguous(tensors, dataStart, fileSize, display), Collections.unmodifiableMap(metadata));
    }

    private static byte[] readFully(FileChannel channel, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes;
    }

    private static JsonNode parse(byte[] bytes, String display) {
        try {
            // Given bytes, the parser would guess the encoding, but the format is always UTF-8.
            JsonNode header = JSON.read(new String(bytes, StandardCharsets.UTF_8));
            if (header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    display + ": not a safetensors file: its header is not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        }
        throw new InvalidInputException(display + ": not a safetensors file: its header is not a JSON object.");
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata, String display) {
        boolean valid = node.isObject();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            valid &= entry.getValue().isTextual();
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        if (!valid) {
            throw new InvalidInputException(display + ": __metadata__ in its header must map names to strings.");
        }
    }

    private static TensorInfo tensor(String name, JsonNode node, long dataStart, long fileSize, String display) {
        String typeName = node.path("dtype").asText();
        DType dtype = DType.named(typeName);
        if (dtype == null) {
            throw new InvalidInputException(display + ": tensor " + name + " has the unknown type '" + typeName + "'.");
        }
        List<Long> shape = naturals(node.path("shape"), name, "shape", display);
        List<Long> offsets = naturals(node.path("data_offsets"), name, "data_offsets", display);
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new InvalidInputException(display + ": tensor " + name + " has data_offsets " + offsets
                    + ", which is not a start and" + " an end.");
        }
        long start = offsets.get(0);
        long size = offsets.get(1) - start;
        if (offsets.get(1) > fileSize - dataStart) {
            throw new InvalidInputException(display + ": truncated: tensor " + name + " ends at byte "
                    + (dataStart + offsets.get(1)) + ", the file has " + fileSize + ". Download it again.");
        }
        if (size != byteSize(shape, dtype)) {
            throw new InvalidInputException(display + ": tensor " + name + " of type " + dtype + " and shape "
                    + TensorInfo.format(shape) + " cannot have " + size + " bytes.");
        }
        return new TensorInfo(name, dtype, shape, dataStart + start, size);
    }

    /** The size of a tensor in bytes, or -1 if it exceeds a long. */
    private static long byteSize(List<Long> shape, DType dtype) {
        try {
            long size = dtype.bytes();
            for (long dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            return size;
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static List<Long> naturals(JsonNode node, String name, String key, String display) {
        List<Long> values = new ArrayList<>();
        boolean valid = node.isArray();
        for (JsonNode element : node) {
            valid &= element.isIntegralNumber() && element.canConvertToLong() && element.asLong() >= 0;
            values.add(element.asLong());
        }
        if (!valid) {
            throw new InvalidInputException(
                    display + ": tensor " + name + ": " + key + " must be a list of whole numbers, not " + node + ".");
        }
        return values;
    }

    /** Checks that the tensors fill the file without overlap or gap; a gap could hide anything. */
    private static Map<String, TensorInfo> contiguous(
            List<TensorInfo> tensors, long dataStart, long fileSize, String display) {
        tensors.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::size));
        Map<String, TensorInfo> ordered = new LinkedHashMap<>();
        long end = dataStart;
        for (TensorInfo tensor : tensors) {
            if (tensor.offset() != end) {
                throw new InvalidInputException(display + ": tensor " + tensor.name() + " starts at byte "
                        + tensor.offset() + ", but " + end + " was expected: tensors must not overlap or leave gaps.");
            }
            end += tensor.size();
            ordered.put(tensor.name(), tensor);
        }
        if (end != fileSize) {
            throw new InvalidInputException(
                    display + ": has " + (fileSize - end) + " extra bytes after its last tensor.");
        }
        return Collections.unmodifiableMap(ordered);
    }
}
