package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.worker.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How worker processes are started.
 *
 * @param java the {@code java} executable
 * @param mainClass the class that runs requests
 * @param classPath jars, and directories of classes
 * @param jvmArguments the user's own
 * @param environment what the process finds in its environment
 * @param workingDirectory the project's directory
 * @param logs the directory for requests, journals, logs and crash reports
 * @param timeout the longest it may run; zero for as long as it takes
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

    /**
     * The arguments of a line as a shell would split it.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a quote is not closed
     */
    public static List<String> arguments(@Nullable String line) {
        return line == null ? List.of() : CommandLine.split(line);
    }
}
