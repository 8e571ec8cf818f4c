package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.worker.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start worker processes.
 *
 * @param java the {@code java} executable
 * @param mainClass the class that runs requests
 * @param classPath jars, and directories of classes
 * @param jvmArguments the user's JVM arguments
 * @param environment the environment variables of the process
 * @param workingDirectory the project's directory
 * @param logs the directory for requests, journals, logs and crash reports
 * @param timeout the maximum run time; zero for no limit
 */
public record Launch(
        Path java,
        String mainClass,
        List<Path> classPath,
        List<String> jvmArguments,
        WorkerEnvironment environment,
        Path workingDirectory,
        Path logs,
        Duration timeout) {
    /** The class that runs requests in builds. */
    public static final String MAIN_CLASS = Main.class.getName();

    /** The options of the JVM on any machine. */
    public List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        options.addAll(jvmArguments);
        return options;
    }

    /**
     * Splits a line into arguments as a shell would.
     *
     * @param name where the line comes from, such as {@code ft.argLine}
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a quote is not closed
     */
    public static List<String> arguments(String name, @Nullable String line) {
        return line == null ? List.of() : CommandLine.split(name, line);
    }
}
