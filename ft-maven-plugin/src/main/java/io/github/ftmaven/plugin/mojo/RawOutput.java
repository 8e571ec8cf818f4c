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

/** Where goals that need no project take files from and put text. */
final class RawOutput {
    private RawOutput() {}

    /** Writes text to a file as it is, or shows it. */
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

    /** Shows what a goal was run for: in the log, or, where that is quiet ({@code -q}), alone on the standard output. */
    static void show(String text, Log log, MavenSession session) {
        if (log.isInfoEnabled()) {
            log.info("\n" + text);
        } else {
            Terminal.print(text, session);
        }
    }

    /** The path of a parameter that must be given. */
    static Path required(@Nullable File file, String property) {
        return Path.of(required(file == null ? null : file.getPath(), property));
    }

    /** A parameter that must be given. */
    static String required(@Nullable String value, String property) {
        if (value == null) {
            throw new InvalidInputException("-D" + property + "=… is missing.");
        }
        return value;
    }
}
