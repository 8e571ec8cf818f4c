package io.github.ftmaven.runtime.journal;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The journal of a worker. */
class EventFuzzTest extends FuzzedReader {
    EventFuzzTest() {
        super("events");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                """
                {"event":"hello","protocol":1,"pid":77,"djl":"0.36.0","libtorch":"2.7.1","device":"cpu","threads":2}
                {"event":"message","level":"INFO","text":"Reading."}
                {"event":"progress","phase":"Training","step":3,"steps":9,"loss":0.25,"secondsLeft":12.5}
                {"event":"result","fields":{"steps":9,"files":{"train":"ab"},"list":[1,null,true]}}
                """.getBytes(StandardCharsets.UTF_8),
                "{\"event\":\"error\",\"kind\":\"INPUT\",\"text\":\"t.jsonl:3: no answer.\"}\n"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        try (EventReader reader = new EventReader(Files.write(directory.resolve("events.jsonl"), input))) {
            reader.poll();
        } catch (JournalException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
