package io.github.ftmaven.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.suite.SuiteReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** File names under a locale whose encoding is ASCII, as in many containers and CI jobs, and names that are not UTF-8. */
@EnabledOnOs(OS.LINUX) // macOS has one encoding for file names, and Windows no bytes
class UnreadableNamesTest {
    private static final String REMEDY = " cannot be read under this locale, whose encoding is US-ASCII. Set the"
            + " environment variable LC_ALL=C.UTF-8.";

    @TempDir
    Path directory;

    /** Names are bytes here, which this JVM may not be able to write itself. */
    @BeforeEach
    void files() throws Exception {
        String create = "touch ascii.jsonl \"$(printf '\\303\\274bung.jsonl')\" \"$(printf '\\303\\266bung.jsonl')\""
                + " \"$(printf 'latin-\\374.csv')\"";
        Process shell = new ProcessBuilder("sh", "-c", create)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void areRefusedInAsciiLocales() throws Exception {
        String spec = "dataset.train: the file name 'übung.jsonl'" + REMEDY;
        String suite = "The file name 'übung.csv'" + REMEDY;
        String listed = "\uFFFD\uFFFDbung.jsonl: the file name" + REMEDY;
        assertThat(run("C"))
                .containsExactly(
                        "data ascii.jsonl: [ascii.jsonl]",
                        "data a*: [ascii.jsonl]",
                        "data *.jsonl: " + listed,
                        "data ?bung.jsonl: " + listed,
                        "data [!a]bung.jsonl: " + listed,
                        "data übung.jsonl: " + spec,
                        "data ü*.jsonl: " + spec.replace("übung", "ü*"),
                        "data l*.csv: latin-\uFFFD.csv: the file name" + REMEDY,
                        "suite ?bung.jsonl: " + listed,
                        "suite übung.csv: " + suite);
    }

    @Test
    void areReadInOthers() throws Exception {
        assertThat(run("C.UTF-8"))
                .containsExactly(
                        "data ascii.jsonl: [ascii.jsonl]",
                        "data a*: [ascii.jsonl]",
                        "data *.jsonl: [ascii.jsonl, öbung.jsonl, übung.jsonl]",
                        "data ?bung.jsonl: [öbung.jsonl, übung.jsonl]",
                        "data [!a]bung.jsonl: [öbung.jsonl, übung.jsonl]",
                        "data übung.jsonl: [übung.jsonl]",
                        "data ü*.jsonl: [übung.jsonl]",
                        "data l*.csv: latin-\uFFFD.csv: the file name is not valid UTF-8. Rename the file.",
                        "suite ?bung.jsonl: suite.yaml: there are no tests.",
                        "suite übung.csv: suite.yaml:3:1: the tests übung.csv do not exist.");
    }

    private List<String> run(String locale) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        java.environment().put("LC_ALL", locale);
        assertThat(java.start().waitFor()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }

    /** What the forked process does. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Path directory = Path.of(arguments[0]);
            DataFiles files = new DataFiles(directory, new ProjectPaths(directory));
            for (String pattern : List.of(
                    "ascii.jsonl",
                    "a*",
                    "*.jsonl",
                    "?bung.jsonl",
                    "[!a]bung.jsonl",
                    "übung.jsonl",
                    "ü*.jsonl",
                    "l*.csv")) {
                out.println("data " + pattern + ": "
                        + told(
                                directory,
                                () -> files.find("dataset.train", List.of(pattern)).stream()
                                        .map(file -> file.getFileName().toString())
                                        .toList()));
            }
            for (String tests : List.of("?bung.jsonl", "übung.csv")) {
                Path suite = directory.resolve("suite.yaml");
                Files.writeString(suite, "prompts: ['x']\nproviders: [echo]\ntests: '" + tests + "'\n");
                out.println("suite " + tests + ": "
                        + told(directory, () -> {
                            SuiteReader.read(suite, "suite.yaml", false, Map.of());
                            return "read";
                        }));
            }
        }

        private static String told(Path directory, Callable<Object> task) throws Exception {
            try {
                return task.call().toString();
            } catch (InvalidInputException e) {
                return String.valueOf(e.getMessage())
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .replace(directory + "/", "");
            }
        }
    }
}
