package io.github.ftmaven.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a JVM of its own, for what a process does once or keeps to its end. */
public final class NewJvm {
    private NewJvm() {}

    /**
     * Runs a program to its end.
     *
     * @param directory takes what the program writes
     * @param main the class with its main method
     * @return what it wrote to both of its streams, without space at the ends
     */
    public static String run(Path directory, Duration limit, Class<?> main, String... arguments) throws Exception {
        return run(directory, limit, Map.of(), main, arguments);
    }

    /** The same with more variables in its environment. */
    public static String run(
            Path directory, Duration limit, Map<String, String> variables, Class<?> main, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Xmx256m",
                main.getName()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ended within %s", main.getName(), limit)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output).strip();
    }
}
