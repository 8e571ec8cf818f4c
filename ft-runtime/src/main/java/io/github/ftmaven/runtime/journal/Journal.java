package io.github.ftmaven.runtime.journal;

import io.github.ftmaven.runtime.error.FileProblem;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends events to a file: one JSON object per line, each in one write. It does not use standard output, because
 * native libraries print there.
 */
public final class Journal implements Closeable {
    private final FileChannel channel;

    public Journal(Path file) throws IOException {
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    public synchronized void append(Event event) {
        ByteBuffer line = StandardCharsets.UTF_8.encode(EventJson.write(event) + "\n");
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the worker's journal: " + FileProblem.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
