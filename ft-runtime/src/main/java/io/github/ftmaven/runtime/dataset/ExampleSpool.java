package io.github.ftmaven.runtime.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Examples in a file, so that no more than their places are in memory. The file is gone when this is closed. Several
 * threads may read.
 */
final class ExampleSpool implements AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final int FIRST_READ = 1 << 11; // most rows are shorter

    private final FileChannel channel;
    private ByteBuffer pending = ByteBuffer.allocate(BUFFER);
    private volatile long written;

    /** A spool whose file is in a directory. */
    ExampleSpool(Path directory) {
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    Files.createTempFile(directory, "rows", ".part"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same example, with its content in the file. */
    synchronized Example add(Example example) {
        byte[] line = ExampleLines.line(example);
        long at = written + pending.position();
        if (pending.remaining() < Integer.BYTES + line.length) {
            flush();
            if (pending.remaining() < Integer.BYTES + line.length) {
                pending = ByteBuffer.allocate(Integer.BYTES + line.length);
            }
        }
        pending.putInt(line.length).put(line);
        return new Example(this, at, !example.metadata().isEmpty());
    }

    private synchronized void flush() {
        try {
            pending.flip();
            long at = written;
            while (pending.hasRemaining()) {
                at += channel.write(pending, at);
            }
            pending.clear();
            written = at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content at a place. */
    Example read(long at) {
        return ExampleLines.parse(line(at)).orElseThrow(() -> new IllegalStateException("no example at " + at));
    }

    /** The line at a place, as {@link ExampleLines} writes it, without its end. */
    byte[] line(long at) {
        ByteBuffer first = read(at, FIRST_READ);
        byte[] line = new byte[first.getInt()];
        int had = Math.min(line.length, first.remaining());
        first.get(line, 0, had);
        if (had < line.length) {
            read(at + Integer.BYTES + had, line.length - had).get(line, had, line.length - had);
        }
        return line;
    }

    /** The length of the line at a place in bytes. */
    int length(long at) {
        return read(at, Integer.BYTES).getInt();
    }

    private ByteBuffer read(long at, int length) {
        if (at >= written || at + length > written) {
            flush();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                // until it is full or the file ends
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
