package io.github.ftmaven.runtime.hosted;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of a tar, one after the other, with the long names of GNU and POSIX. */
final class TarEntries implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 1 << 16;

    private final InputStream in;
    private String name = "";
    private char type = '0';
    private long left;
    private long padding;

    TarEntries(InputStream in) {
        this.in = in;
    }

    /** Whether bytes are the first block of a tar. */
    static boolean isTar(byte[] head) {
        return head.length == BLOCK && new String(head, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    /** Moves to the next entry; false at the end. */
    boolean next() throws IOException {
        @Nullable String longName = null;
        while (true) {
            in.skipNBytes(left + padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new EOFException("the tar has no end");
            }
            if (isEmpty(header)) {
                left = 0;
                padding = 0;
                return false;
            }
            left = size(header);
            padding = (BLOCK - left % BLOCK) % BLOCK;
            type = (char) header[156];
            if (type == 'L') {
                longName = text(header(LONGEST_NAME));
            } else if (type == 'x') {
                longName = pax(header(LONGEST_NAME)).getOrDefault("path", longName == null ? "" : longName);
            } else if (type != 'g') {
                name = longName == null || longName.isEmpty() ? shortName(header) : longName;
                return true;
            }
        }
    }

    private static boolean isEmpty(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] header(int longest) throws IOException {
        if (left > longest) {
            throw new IOException("a name of " + left + " bytes");
        }
        byte[] bytes = in.readNBytes((int) left);
        if (bytes.length < left) {
            throw new EOFException("the tar is cut off");
        }
        left = 0;
        return bytes;
    }

    private static Map<String, String> pax(byte[] bytes) throws IOException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            while (blank < bytes.length && bytes[blank] != ' ') {
                blank++;
            }
            String length = new String(bytes, at, blank - at, StandardCharsets.ISO_8859_1);
            int end = length.matches("[0-9]{1,6}") ? at + Integer.parseInt(length) : -1;
            if (end <= blank + 1 || end > bytes.length) {
                throw new IOException("a damaged header");
            }
            String[] record = new String(bytes, blank + 1, end - blank - 2, StandardCharsets.UTF_8).split("=", 2);
            if (record.length == 2) {
                records.put(record[0], record[1]);
            }
            at = end;
        }
        return records;
    }

    private static String shortName(byte[] header) {
        String last = text(header, 0, 100);
        String prefix = isTar(header) && header[262] == 0 ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? last : prefix + "/" + last;
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Octal digits, or after a set bit a binary number. */
    private static long size(byte[] header) throws IOException {
        long size = 0;
        if ((header[124] & 0x80) != 0) {
            for (int i = 128; i < 136; i++) {
                size = (size << 8) | (header[i] & 0xff);
            }
        } else {
            String digits = text(header, 124, 12).strip();
            if (!digits.matches("[0-7]{0,11}")) {
                throw new IOException("a damaged header");
            }
            size = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        }
        if (size < 0 || size > Long.MAX_VALUE - BLOCK) {
            throw new IOException("a damaged header");
        }
        return size;
    }

    String name() {
        return name;
    }

    boolean isFile() {
        return type == '0' || type == 0;
    }

    /** The entry's content, to be read before the next entry; it ends with an error where the tar ends early. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int read = in.read(bytes, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw new EOFException("the tar is cut off");
                }
                left -= read;
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
