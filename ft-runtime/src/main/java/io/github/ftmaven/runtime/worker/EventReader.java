package io.github.ftmaven.runtime.worker;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Follows a journal while it is being written. */
public final class EventReader implements Closeable {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Opens a journal at its beginning; the file must exist. */
    public EventReader(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * The events written since the last call, without waiting. A line that is not finished yet, as of a worker that was
     * killed, is kept for the next call.
     */
    public List<Event> poll() throws IOException {
        List<Event> events = new ArrayList<>();
        while (channel.read(buffer.clear()) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                EventJson.read(line.toString(StandardCharsets.UTF_8)).ifPresent(events::add);
                line.reset();
            }
        }
        return events;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
