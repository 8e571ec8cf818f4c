package io.github.ftmaven.runtime.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Optional;

/** Follows a journal while it is being written. */
public final class EventReader implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int lines;

    /** Opens a journal at its beginning; the file must exist. */
    public EventReader(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * The events written since the last call, without waiting. An incomplete line, for example from a killed worker, is
     * kept for the next call.
     *
     * @throws JournalException if a line is damaged
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
                lines++;
                event().ifPresent(events::add);
                line.reset();
            }
        }
        return events;
    }

    private Optional<Event> event() throws JournalException {
        try {
            return EventJson.read(line.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new JournalException(
                    file + ":" + lines
                            + ": the worker's journal is damaged: this line is not an event. Run the build again.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
