package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkedWorkerTest {
    @TempDir
    Path directory;

    private final RecordingLog log = new RecordingLog();

    @Test
    void handsBackTheResultAndSaysWhatTheWorkerSays() throws Exception {
        Map<String, Object> result = run("succeed", "", Duration.ZERO, "-Dan.argument=with a blank");

        assertThat(result)
                .containsEntry("directory", directory.toRealPath().toString())
                .containsEntry("cache", "the/cache")
                .containsEntry("offline", "true")
                .containsEntry("argument", "with a blank");
        assertThat(log.lines()).containsExactly("INFO begins", "WARN slowly", "INFO Training 3/3, loss 0.5000");
    }

    /** Those of a local repository, above all the one that separates the parts of a class path. */
    @Test
    void readsJarsWhateverCharactersAreInTheirPaths() throws Exception {
        Path odd = Files.createDirectories(directory.resolve(oddName()));
        Launch launch = new Launches(directory).with(Duration.ZERO);
        List<Path> classPath = new ArrayList<>();
        for (Path entry : launch.classPath()) {
            Path link = odd.resolve(classPath.size() + "-" + entry.getFileName());
            classPath.add(Files.createSymbolicLink(link, entry.toAbsolutePath()));
        }
        Launch oddly = new Launch(
                launch.java(),
                launch.mainClass(),
                classPath,
                launch.jvmArguments(),
                launch.environment(),
                launch.workingDirectory(),
                launch.logs(),
                launch.timeout());
        Map<String, Object> result =
                new ForkedWorker(oddly, Console.plain(log)).run(new Launches(directory).request("succeed", ""));
        assertThat(result).containsEntry("cache", "the/cache");
        for (Path link : classPath) {
            Files.delete(link);
        }
    }

    @Test
    void runsInAProjectWhateverCharactersAreInItsPath() throws Exception {
        directory = Files.createDirectories(directory.resolve("p:q r#s%41t%pu!v"));
        readsJarsWhateverCharactersAreInTheirPaths();
        namesTheCrashReport();
    }

    /** With a letter that only some locales have in file names. */
    private static String oddName() {
        String name = "a:b c#d%41e!f,g;h+";
        try {
            return Path.of(name + "\u00fc").toString();
        } catch (InvalidPathException e) {
            return name;
        }
    }

    @Test
    void passesOnWhatTheUserDidWrong() {
        assertThatThrownBy(() -> run("refuse", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("data/train.jsonl:7: not valid JSON.");
    }

    @Test
    void namesTheLogOfAnErrorThatIsNotTheUsers() {
        assertThatThrownBy(() -> run("fail", ""))
                .isInstanceOf(WorkerException.class)
                .hasMessage("ft:fail failed: java.lang.IllegalStateException: the engine is broken."
                        + " Its log is target/ft/logs/fail.log.");
        assertThat(directory.resolve("target/ft/logs/fail.log")).content().contains("at ", "FakeWorker");
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, was killed (signal 9), likely because the system ran out of memory",
        "TERM, was terminated (signal 15)",
    })
    void explainsSignals(String signal, String message) {
        assertThatThrownBy(() -> run("signal", signal))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesTheCrashReport() {
        assertThatThrownBy(() -> run("signal", "SEGV"))
                .hasMessageContaining("crashed in native code (signal 6)")
                .hasMessageContaining("The crash report is "
                        + directory.resolve("target/ft/logs").resolve("hs_err_pid"));
        assertThat(directory.resolve("target/ft/logs")).isDirectoryContaining("glob:**/hs_err_pid*.log");
    }

    @ParameterizedTest
    @CsvSource({
        "134, crashed in native code (signal 6): terminate called after throwing an instance of 'c10::Error'.",
        "7, ended with exit code 7: terminate called after throwing an instance of 'c10::Error'.",
        "0, ended with exit code 0: terminate called after throwing an instance of 'c10::Error'.",
    })
    void quotesTheLastLineOfTheLog(String exitCode, String message) {
        assertThatThrownBy(() -> run("exit", exitCode))
                .isInstanceOf(WorkerException.class)
                .hasMessage("The worker of ft:exit " + message + " Its log is target/ft/logs/exit.log.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -XX:+NoSuchOption   | Unrecognized VM option 'NoSuchOption'.
            -Xmx4gigs           | Invalid maximum heap size: -Xmx4gigs.
            -javaagent:none.jar | Error opening zip file or JAR manifest missing : none.jar.
            -XX:MaxHeapSize=1m -XX:InitialHeapSize=8m | Initial heap size set to a larger value than the maximum heap size.
            """)
    void saysWhyJavaDoesNotStart(String arguments, String reason) {
        assertThatThrownBy(() -> run("succeed", "", Duration.ZERO, arguments.split(" ")))
                .isInstanceOf(WorkerException.class)
                // Where there are options in this environment, it names them too.
                .hasMessageStartingWith(
                        "The worker of ft:succeed could not start: Java says: " + reason + " Check ft.argLine");
    }

    @Test
    void saysThatAJavaIsNotThere() {
        Launches launches = new Launches(directory);
        Launch launch = launches.with(Duration.ZERO);
        Launch without = new Launch(
                Path.of("no-such-java"),
                launch.mainClass(),
                launch.classPath(),
                launch.jvmArguments(),
                launch.environment(),
                launch.workingDirectory(),
                launch.logs(),
                launch.timeout());
        assertThatThrownBy(() -> new ForkedWorker(without, Console.plain(log)).run(launches.request("succeed", "")))
                .isInstanceOf(WorkerException.class)
                .hasMessage("no-such-java cannot be started: No such file or directory. Point ft.jvm at the java"
                        + " executable of a JDK 17 or later.");
    }

    @Test
    void saysHowToGiveMoreHeap() {
        assertThatThrownBy(() -> run("exhaust", "", Duration.ZERO, "-Xmx32m"))
                .isInstanceOf(WorkerException.class)
                .hasMessageStartingWith("The worker of ft:exhaust ran out of Java heap.");
    }

    @Test
    void letsTheWorkerSaveItsStateWhenItsTimeIsUp() {
        assertThatThrownBy(() -> run("endless", "", Duration.ofSeconds(2)))
                .isInstanceOf(WorkerException.class)
                .hasMessageStartingWith("The worker did not end within 2 seconds and was stopped.");
        assertThat(directory.resolve("checkpoint")).hasContent("saved");
    }

    @Test
    void doesNotMistakeAnEarlierJournalForItsOwn() throws Exception {
        run("succeed", "");
        Path journal = directory.resolve("target/ft/logs/succeed.events.jsonl");
        Files.copy(journal, directory.resolve("target/ft/logs/exit.events.jsonl"));

        assertThatThrownBy(() -> run("exit", "0")).isInstanceOf(WorkerException.class);
    }

    private Map<String, Object> run(String goal, String key) throws Exception {
        return run(goal, key, Duration.ZERO);
    }

    private Map<String, Object> run(String goal, String key, Duration timeout, String... jvmArguments)
            throws Exception {
        Launches launches = new Launches(directory);
        return new ForkedWorker(launches.with(timeout, jvmArguments), Console.plain(log))
                .run(launches.request(goal, key));
    }
}
