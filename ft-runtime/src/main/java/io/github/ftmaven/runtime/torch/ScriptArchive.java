package io.github.ftmaven.runtime.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text into the zip archive that {@code torch.jit.load} reads: the code, and a pickle of the one
 * object whose attributes the code sees as {@code self.NAME}. The text is a fixed resource, never a template.
 */
final class ScriptArchive {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    private ScriptArchive() {}

    /**
     * Packs a program.
     *
     * @param className the class in {@code code} to instantiate
     * @param code TorchScript text
     * @param attributes values of the class's attributes: Boolean, Long or Integer, Double, {@code int[]},
     *     {@code double[]}, or an empty List for tensors that the program makes
     * @return the archive's bytes
     */
    static byte[] pack(String className, String code, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "m/data.pkl", new ScriptArchive().object(className, attributes));
            put(zip, "m/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "m/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
            put(zip, "m/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive reader maps entries in place, so they are stored, not deflated. */
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle protocol 2: {@code className.__new__()} followed by BUILD with the dictionary of attributes. */
    private byte[] object(String className, Map<String, Object> attributes) throws IOException {
        pickle.write(new byte[] {(byte) 0x80, 2});
        ascii("c__torch__\n" + className + "\n)");
        pickle.write(0x81); // NEWOBJ
        ascii("}(");
        string("training");
        pickle.write(0x88); // True
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            string(attribute.getKey());
            value(attribute.getValue());
        }
        ascii("ub.");
        return pickle.toByteArray();
    }

    private void value(Object value) throws IOException {
        if (value instanceof Boolean flag) {
            pickle.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer || value instanceof Long) {
            integer(((Number) value).longValue());
        } else if (value instanceof Double number) {
            pickle.write('G');
            pickle.write(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof int[] list) {
            ascii("ctorch.jit._pickle\nbuild_intlist\n](");
            for (int i : list) {
                integer(i);
            }
            ascii("e");
            pickle.write(0x85); // TUPLE1
            ascii("R");
        } else if (value instanceof double[] list) {
            ascii("ctorch.jit._pickle\nbuild_doublelist\n](");
            for (double number : list) {
                value(number);
            }
            ascii("e");
            pickle.write(0x85); // TUPLE1
            ascii("R");
        } else if (value.equals(List.of())) {
            ascii("ctorch.jit._pickle\nbuild_tensorlist\n]");
            pickle.write(0x85); // TUPLE1
            ascii("R");
        } else {
            throw new IllegalArgumentException("no TorchScript attribute can hold a " + value.getClass());
        }
    }

    private void integer(long value) throws IOException {
        pickle.write(0x8a); // LONG1: a length, then two's complement, little-endian
        pickle.write(8);
        pickle.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    private void string(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        pickle.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(utf8.length)
                .array());
        pickle.write(utf8);
    }

    private void ascii(String opcodes) throws IOException {
        pickle.write(opcodes.getBytes(StandardCharsets.US_ASCII));
    }
}
