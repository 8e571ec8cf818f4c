package io.github.ftmaven.runtime.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Long columns of numbers that take no heap: they are in a file that is mapped into memory. The file is gone when this is
 * closed; the columns stay readable. Short columns are on the heap, and without a long one there is no file.
 *
 * <p>Threads may use different elements of a column at the same time.
 */
public final class Scratch implements AutoCloseable {
    private static final int LARGEST_ON_HEAP = 1 << 22; // bytes
    private static final int CHUNK_BITS = 28;
    private static final int CHUNK = 1 << CHUNK_BITS; // bytes
    private static final byte[] ZEROS = new byte[1 << 20];

    private final Path directory;
    private @Nullable FileChannel channel;
    private long end;

    /** Columns whose file, if there is one, is in a directory. */
    public Scratch(Path directory) {
        this.directory = directory;
    }

    /** A column of zeros. */
    public Ints ints(long count) {
        return new Ints(buffers(count * Integer.BYTES));
    }

    /** A column of zeros. */
    public Longs longs(long count) {
        return new Longs(buffers(count * Long.BYTES));
    }

    private synchronized ByteBuffer[] buffers(long bytes) {
        if (bytes <= LARGEST_ON_HEAP) {
            return new ByteBuffer[] {ByteBuffer.allocate((int) bytes).order(ByteOrder.nativeOrder())};
        }
        try {
            if (channel == null) {
                Files.createDirectories(directory);
                channel = FileChannel.open(
                        Files.createTempFile(directory, "columns", ".part"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
            }
            // Written first: on a full disk, a mapped file without its bytes would end the process.
            for (long done = 0; done < bytes; done += ZEROS.length) {
                ByteBuffer zeros = ByteBuffer.wrap(ZEROS, 0, (int) Math.min(ZEROS.length, bytes - done));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, end + done + zeros.position());
                }
            }
            ByteBuffer[] buffers = new ByteBuffer[(int) ((bytes + CHUNK - 1) >> CHUNK_BITS)];
            for (int i = 0; i < buffers.length; i++) {
                long from = (long) i << CHUNK_BITS;
                buffers[i] = channel.map(FileChannel.MapMode.READ_WRITE, end + from, Math.min(CHUNK, bytes - from))
                        .order(ByteOrder.nativeOrder());
            }
            end += bytes;
            return buffers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A column of {@code int}. */
    public static final class Ints {
        private static final int BITS = CHUNK_BITS - 2;

        private final ByteBuffer[] buffers;

        private Ints(ByteBuffer[] buffers) {
            this.buffers = buffers;
        }

        /** An element. */
        public int get(long index) {
            return buffers[(int) (index >> BITS)].getInt((int) (index & ((1 << BITS) - 1)) << 2);
        }

        /** Sets an element. */
        public void set(long index, int value) {
            buffers[(int) (index >> BITS)].putInt((int) (index & ((1 << BITS) - 1)) << 2, value);
        }
    }

    /** A column of {@code long}. */
    public static final class Longs {
        private static final int BITS = CHUNK_BITS - 3;

        private final ByteBuffer[] buffers;

        private Longs(ByteBuffer[] buffers) {
            this.buffers = buffers;
        }

        /** An element. */
        public long get(long index) {
            return buffers[(int) (index >> BITS)].getLong((int) (index & ((1 << BITS) - 1)) << 3);
        }

        /** Sets an element. */
        public void set(long index, long value) {
            buffers[(int) (index >> BITS)].putLong((int) (index & ((1 << BITS) - 1)) << 3, value);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
