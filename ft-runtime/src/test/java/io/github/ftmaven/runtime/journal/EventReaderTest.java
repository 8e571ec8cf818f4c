package io.github.ftmaven.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
    @TempDir
    Path directory;

    private Path journal;

    @BeforeEach
    void createJournal() throws Exception {
        journal = Files.createFile(directory.resolve("events.jsonl"));
    }

    @Test
    void waitsForTheEndOfALine() throws Exception {
        try (EventReader reader = new EventReader(journal)) {
            append("{\"event\":\"message\",\"level\":\"WARN\",\"te");
            assertThat(reader.poll()).isEmpty();
            append("xt\":\"Grüße\"}\n");
            assertThat(reader.poll()).containsExactly(new Event.Message(Event.Level.WARN, "Grüße"));
            assertThat(reader.poll()).isEmpty();
        }
    }

    @Test
    void passesOverWhatALaterVersionMayAdd() throws Exception {
        try (EventReader reader = new EventReader(journal)) {
            append("{\"event\":\"metric\",\"value\":1}\n");
            append("{\"event\":\"message\",\"level\":\"INFO\",\"text\":\"a\",\"code\":7}\n");
            assertThat(reader.poll()).containsExactly(new Event.Message(Event.Level.INFO, "a"));
        }
    }

    @Test
    void readsWhatTheJournalWrote() throws Exception {
        Event progress = new Event.Progress("Training", 3, 9, 0.25, null, 12.5);
        Event result = new Event.Result(Map.of("steps", 9, "files", Map.of("train", "ab")));
        try (Journal writer = new Journal(journal);
                EventReader reader = new EventReader(journal)) {
            writer.append(progress);
            writer.append(result);
            assertThat(reader.poll()).containsExactly(progress, result);
        }
    }

    @Test
    void namesALineThatIsNotAnEvent() throws Exception {
        for (String line : List.of(
                "{\"event\":\"error\",\"text\":\"x\"}",
                "{\"event\":\"message\",\"level\":\"INFO\"}",
                "{\"event\":\"message\",\"level\":\"LOUD\",\"text\":\"x\"}",
                "{\"event\":\"message\",\"lev{\"event\":\"result\",\"fields\":{}}")) {
            Files.writeString(journal, "{\"event\":\"message\",\"level\":\"INFO\",\"text\":\"a\"}\n" + line + "\n");
            try (EventReader reader = new EventReader(journal)) {
                assertThatThrownBy(reader::poll)
                        .isInstanceOf(JournalException.class)
                        .hasMessage(
                                journal
                                        + ":2: the worker's journal is damaged: this line is not an event. Run the build again.");
            }
        }
    }

    private void append(String text) throws Exception {
        Files.writeString(journal, text, StandardOpenOption.APPEND);
    }
}
