package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Input files and raw output of goals that need no project. */
final class RawOutput {
    private RawOutput() {}

    /** Writes the raw text to a file, or prints it. */
    static void write(String text, @Nullable File output, Log log, MavenSession session) throws IOException {
        if (output == null) {
            show(text, log, session);
            return;
        }
        Path file = output.toPath().toAbsolutePath();
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
        log.info("Written to " + output + ".");
    }

    /**
     * Prints a goal's result in the log. If the log is quiet ({@code -q}), only the result appears on standard output.
     */
    static void show(String text, Log log, MavenSession session) {
        if (log.isInfoEnabled()) {
            log.info("\n" + text);
        } else {
            Terminal.print(text, session);
        }
    }

    /** The path of a required parameter. */
    static Path required(@Nullable File file, String property) {
        return Path.of(required(file == null ? null : file.getPath(), property));
    }

    /** The value of a required parameter. */
    static String required(@Nullable String value, String property) {
        if (value == null) {
            throw new InvalidInputException("-D" + property + "=… is missing.");
        }
        return value;
    }
}
