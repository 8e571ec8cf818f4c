package io.github.ftmaven.runtime.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a GGUF file by its specification, for tests. */
final class GgufReader {
    final Map<String, Object> keys = new LinkedHashMap<>();
    final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** A tensor; dimensions innermost first, as the file has them. */
    record Tensor(int type, List<Long> shape, ByteBuffer bytes) {}

    private final ByteBuffer file;

    GgufReader(Path path) throws IOException {
        file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt() != 0x46554747 || file.getInt() != 3) {
            throw new IOException("no GGUF of version 3");
        }
        long tensorCount = file.getLong();
        long keyCount = file.getLong();
        for (long i = 0; i < keyCount; i++) {
            String key = string();
            keys.put(key, value(file.getInt()));
        }
        Map<String, Object[]> headers = new LinkedHashMap<>();
        for (long i = 0; i < tensorCount; i++) {
            String name = string();
            List<Long> shape = new ArrayList<>();
            for (int n = file.getInt(); n > 0; n--) {
                shape.add(file.getLong());
            }
            headers.put(name, new Object[] {shape, file.getInt(), file.getLong()});
        }
        int start = (file.position() + 31) / 32 * 32;
        for (Map.Entry<String, Object[]> header : headers.entrySet()) {
            @SuppressWarnings("unchecked")
            List<Long> shape = (List<Long>) header.getValue()[0];
            int type = (int) header.getValue()[1];
            long elements = shape.stream().reduce(1L, (a, b) -> a * b);
            long size = type == 0 ? 4 * elements : type == 1 ? 2 * elements : elements / 32 * 34;
            ByteBuffer bytes = file.slice(start + (int) (long) header.getValue()[2], (int) size)
                    .order(ByteOrder.LITTLE_ENDIAN);
            tensors.put(header.getKey(), new Tensor(type, shape, bytes));
        }
    }

    private String string() {
        byte[] bytes = new byte[(int) file.getLong()];
        file.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Object value(int type) throws IOException {
        switch (type) {
            case 4, 5 -> {
                return file.getInt();
            }
            case 6 -> {
                return file.getFloat();
            }
            case 7 -> {
                return file.get() != 0;
            }
            case 8 -> {
                return string();
            }
            case 9 -> {
                int element = file.getInt();
                List<Object> values = new ArrayList<>();
                for (long n = file.getLong(); n > 0; n--) {
                    values.add(value(element));
                }
                return values;
            }
            default -> throw new IOException("type " + type);
        }
    }
}
