package io.github.ftmaven.runtime.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Counts the bytes of files as they are read. */
final class ReadBytes {
    /** Counts for nobody. */
    static final ReadBytes NONE = new ReadBytes(0, (bytes, of) -> {});

    private static final long STEP = 1L << 20;

    private final long all;
    private final Listener listener;
    private long read;
    private long told;

    private ReadBytes(long all, Listener listener) {
        this.all = all;
        this.listener = listener;
    }

    /** Receives how many bytes were read, and how many there are. */
    interface Listener {
        void accept(long bytes, long of);
    }

    static ReadBytes of(List<List<Path>> files, Listener listener) {
        try {
            long all = 0;
            for (Path file : files.stream().flatMap(Collection::stream).toList()) {
                all += Files.size(file);
            }
            return new ReadBytes(all, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds bytes that were read. The beginning of a file may be read twice. */
    void add(long bytes) {
        read += Math.max(0, bytes);
        if (read - told >= STEP) {
            told = read;
            listener.accept(Math.min(read, all), all);
        }
    }

    InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                add(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                add(count);
                return count;
            }
        };
    }
}
