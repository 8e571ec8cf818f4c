package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.EventReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract between a worker and its parent, with real processes. */
class WorkerTest {
    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void tellsWhoItIsThenWhatItDoesThenTheResult() throws Exception {
        assertThat(exitCodeOf("train")).isEqualTo(Worker.OK);

        List<Event> events = events();
        assertThat(events.get(0))
                .isEqualTo(new Event.Hello(
                        WorkRequest.PROTOCOL,
                        started.get(0).pid(),
                        Versions.current().djl(),
                        Versions.current().libtorch(),
                        "cpu",
                        2));
        assertThat(events.get(1)).isEqualTo(new Event.Message(Event.Level.INFO, "begins"));
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        Event.Result.class,
                        result -> assertThat(result.fields())
                                .containsEntry("steps", 1000)
                                .containsEntry("key", "k1"));
    }

    @Test
    void dropsProgressInAHurryButNeverTheLast() throws Exception {
        exitCodeOf("train");

        List<Event> progress =
                events().stream().filter(Event.Progress.class::isInstance).toList();
        assertThat(progress).hasSizeLessThan(100);
        assertThat(progress.get(progress.size() - 1))
                .isEqualTo(new Event.Progress("Training", 1000, 1000, 0.001, 100.0, 0.5));
    }

    @Test
    void tellsAnErrorOfTheUserFromOneOfItsOwn() throws Exception {
        assertThat(exitCodeOf("input")).isEqualTo(Worker.INPUT_ERROR);
        assertThat(events()).contains(new Event.Failure(Event.Kind.INPUT, "data/train.jsonl:7: not valid JSON."));
        assertThat(log()).isEmpty();
    }

    @Test
    void takesANameThatIsNoPathForTheUsers() throws Exception {
        assertThat(exitCodeOf("path")).isEqualTo(Worker.INPUT_ERROR);
        assertThat(events())
                .contains(new Event.Failure(
                        Event.Kind.INPUT, "'data/\uFFFD.jsonl' is not a path: Nul character not allowed."));
        assertThat(log()).isEmpty();
    }

    @Test
    void putsStackTracesIntoTheLogOnly() throws Exception {
        assertThat(exitCodeOf("internal")).isEqualTo(Worker.INTERNAL_ERROR);
        assertThat(events())
                .contains(new Event.Failure(
                        Event.Kind.INTERNAL, "java.lang.IllegalStateException: the engine is broken"));
        assertThat(log()).contains("the engine is broken", "at ", "FakeTrainer");
    }

    /** The exception's own message is a path. */
    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        assertThat(exitCodeOf("denied")).isEqualTo(Worker.INTERNAL_ERROR);
        assertThat(events())
                .filteredOn(Event.Failure.class::isInstance)
                .singleElement()
                .asString()
                .contains("text=/data/none.jsonl: permission denied");
    }

    @Test
    void isNotConfusedByWhatIsPrinted() throws Exception {
        assertThat(exitCodeOf("noise")).isEqualTo(Worker.OK);
        assertThat(events()).doesNotContain(new Event.Result(Map.of("steps", "forged")));
        assertThat(log()).contains("forged", "noise");
    }

    @Test
    void refusesARequestOfAnotherVersion() throws Exception {
        Process process = start(new WorkRequest(WorkRequest.PROTOCOL + 1, "train", setting(), null, Map.of()));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Worker.INTERNAL_ERROR);
        assertThat(log()).contains("protocol version 2");
    }

    @Test
    void savesItsStateWhenAskedToStop() throws Exception {
        Process process = start("endless");
        awaitMessage("endless");
        try (OutputStream in = process.getOutputStream()) {
            in.write((Worker.STOP + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(Worker.STOPPED);
        assertThat(directory.resolve("checkpoint")).hasContent("k1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void savesItsStateOnASignal(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "SIGINT is ignored in this shell's background");
        Process process = start("endless");
        awaitMessage("endless");
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("checkpoint")).hasContent("k1");
    }

    @Test
    void haltsAtOnceWhenTheParentIsGoneThoughItsTaskIsDeaf() throws Exception {
        Process process = start("deaf");
        awaitMessage("deaf");
        Instant gone = Instant.now();
        process.getOutputStream().close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.between(gone, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    private int exitCodeOf(String goal) throws Exception {
        Process process = start(goal);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(String goal) throws IOException {
        return start(WorkRequest.of(goal, setting(), Map.of("key", "k1")));
    }

    private WorkRequest.Setting setting() {
        return new WorkRequest.Setting(directory.toString(), journal().toString(), "cpu", 2);
    }

    private Process start(WorkRequest request) throws IOException {
        Path file = directory.resolve("request.json");
        request.write(file);
        Files.createFile(journal());
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeTrainer.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile());
        // Java says on its standard error that it took options from these.
        java.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = java.start();
        started.add(process);
        return process;
    }

    private void awaitMessage(String text) throws Exception {
        Instant deadline = Instant.now().plusSeconds(20);
        List<Event> events = new ArrayList<>();
        try (EventReader reader = new EventReader(journal())) {
            while (!events.contains(new Event.Message(Event.Level.INFO, text))) {
                assertThat(Instant.now()).isBefore(deadline);
                Thread.sleep(20);
                events.addAll(reader.poll());
            }
        }
    }

    private List<Event> events() throws IOException {
        try (EventReader reader = new EventReader(journal())) {
            return reader.poll();
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log.txt"));
    }

    private Path journal() {
        return directory.resolve("events.jsonl");
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
