package io.github.ftmaven.plugin.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The note of which process runs for a request. A build that was killed leaves it, and the next one waits for it. */
final class RunningCommand {
    private static final String PROCESS = "process";
    private static final String START = "start";

    private final Path file;

    RunningCommand(Path directory) {
        this.file = directory.resolve("command.json");
    }

    void write(ProcessHandle process) throws IOException {
        ObjectNode note = JsonFile.object().put(PROCESS, process.pid());
        process.info().startInstant().ifPresent(start -> note.put(START, start.toString()));
        JsonFile.write(file, note);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process, if it still runs. Another one that got its number started at another time. */
    Optional<ProcessHandle> find() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            ObjectNode note = JsonFile.read(file, "Delete it.");
            String start = note.path(START).asText();
            return ProcessHandle.of(note.path(PROCESS).asLong())
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(Instant::toString)
                            .filter(start::equals)
                            .isPresent());
        } catch (InvalidInputException e) {
            return Optional.empty(); // written by half, so no process is known
        }
    }
}
