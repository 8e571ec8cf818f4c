package io.github.ftmaven.plugin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the test starts processes with sh")
class ProcessTreeTest {
    @TempDir
    Path directory;

    @Test
    void stopsWhatAProcessStarted() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "sleep 600 & sleep 600 & wait").start();
        while (process.descendants().count() < 2) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        List<ProcessHandle> all = process.descendants().toList();
        ProcessTree.stop(process.toHandle());
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void findsTheProcessOfAnEarlierBuild() throws Exception {
        RunningCommand note = new RunningCommand(directory);
        assertThat(note.find()).isEmpty();
        Process process = new ProcessBuilder("sleep", "600").start();
        note.write(process.toHandle());
        assertThat(note.find()).contains(process.toHandle());
        ProcessTree.stop(process.toHandle());
        process.waitFor();
        assertThat(note.find()).isEmpty();
        Files.writeString(
                directory.resolve("command.json"),
                "{\"process\": " + ProcessHandle.current().pid() + ", \"start\": \"1970-01-01T00:00:00Z\"}");
        assertThat(note.find()).as("another process got the number").isEmpty();
    }
}
