package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker ends with the Maven that started it, however that ends. */
class NoOrphanTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"INT, true", "TERM, true", "KILL, false"})
    void endsWithMaven(String signal, boolean saves) throws Exception {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "SIGINT is ignored in this shell's background");
        Process maven = new ProcessBuilder(
                        Launches.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeMaven.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("maven.log").toFile())
                .start();
        ProcessHandle worker = awaitWorker();
        try {
            assertThat(worker.isAlive()).isTrue();
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(maven.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(maven.waitFor(15, TimeUnit.SECONDS)).isTrue();
            worker.onExit().get(15, TimeUnit.SECONDS);
            assertThat(Files.exists(directory.resolve("checkpoint"))).isEqualTo(saves);
            if (saves) {
                assertThat(Files.readString(directory.resolve("maven.log")))
                        .endsWith("[error] ft:endless was stopped. A checkpoint is saved.\n");
            }
        } finally {
            maven.destroyForcibly();
            worker.destroyForcibly();
        }
    }

    private ProcessHandle awaitWorker() throws Exception {
        Path journal = directory.resolve("target/ft/logs/endless.events.jsonl");
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!Files.exists(journal)) {
            pause(deadline);
        }
        List<Event> events = new ArrayList<>();
        try (EventReader reader = new EventReader(journal)) {
            while (!events.contains(new Event.Message(Event.Level.INFO, "endless"))) {
                pause(deadline);
                events.addAll(reader.poll());
            }
        }
        Event.Hello hello = (Event.Hello) events.get(0);
        return ProcessHandle.of(hello.pid()).orElseThrow();
    }

    private static void pause(Instant deadline) throws InterruptedException {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.sleep(20);
    }

    /** A process begun in the background of a shell ignores SIGINT, and so do all that it starts. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
