package io.github.ftmaven.parquet;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * A file with the description at its end.
 *
 * @param shown its name in messages
 * @param metadata the schema, where the columns of each row group are, and what the writer added
 */
record ParquetFile(String shown, FileChannel channel, long size, FileMetaData metadata) implements Closeable {
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED = "PARE";

    /** At the end: the length of the description, and {@link #MAGIC}. */
    private static final int TAIL = 8;

    private static final int BUFFER = 1 << 16;

    /**
     * Opens a file.
     *
     * @throws InvalidInputException if it is something else, truncated or encrypted
     */
    static ParquetFile open(Path file, String shown) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ParquetFile(shown, channel, channel.size(), metadata(channel, shown));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            channel.close();
            throw e;
        }
    }

    private static FileMetaData metadata(FileChannel channel, String shown) throws IOException {
        long size = channel.size();
        if (size < MAGIC.length() + TAIL || !text(channel, 0).equals(MAGIC)) {
            String begins = size >= MAGIC.length() ? text(channel, 0) : "";
            if (begins.equals(ENCRYPTED)) {
                throw encrypted(shown);
            }
            throw new InvalidInputException(shown + ": is not a Parquet file: it does not begin with " + MAGIC
                    + (begins.equals("vers") ? ", but is a pointer of Git LFS. Run git lfs pull." : ". Get it again."));
        }
        String end = text(channel, size - MAGIC.length());
        if (end.equals(ENCRYPTED)) {
            throw encrypted(shown);
        }
        if (!end.equals(MAGIC)) {
            throw new InvalidInputException(
                    shown + ": is truncated: a Parquet file ends with " + MAGIC + ". Get it again.");
        }
        long length = Integer.toUnsignedLong(bytes(channel, size - TAIL, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt());
        if (length > size - TAIL - MAGIC.length()) {
            throw new InvalidInputException(shown + ": is damaged: its description has " + length
                    + " bytes, but the file has only " + size + ". Get it again.");
        }
        byte[] description = bytes(channel, size - TAIL - length, (int) length).array();
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(description));
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new InvalidInputException(
                    shown + ": is damaged: its description at the end cannot be read. Get it again.", e);
        }
    }

    private static InvalidInputException encrypted(String shown) {
        return new InvalidInputException(shown + ": is encrypted. Write the rows without encryption.");
    }

    private static String text(FileChannel channel, long position) throws IOException {
        return new String(bytes(channel, position, MAGIC.length()).array(), StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            DamagedException.require(channel.read(bytes, position + bytes.position()) >= 0, "it is truncated");
        }
        return bytes.flip();
    }

    /** A part of the file, read as it is asked for. */
    InputStream part(long start, long length) {
        DamagedException.require(
                start >= MAGIC.length() && length >= 0 && start <= size - length, "a column is not within the file");
        return new BufferedInputStream(new Part(channel, start, start + length), BUFFER);
    }

    private static final class Part extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Part(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int most = (int) Math.min(length, end - position);
            int read = channel.read(ByteBuffer.wrap(bytes, offset, most), position);
            position += Math.max(0, read);
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
