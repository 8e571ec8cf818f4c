package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Where goals that need no project take files from and put text. */
final class RawOutput {
    private RawOutput() {}

    /** Writes text to a file as it is, or shows it in the log. */
    static void write(String text, @Nullable File output, Log log) throws IOException {
        if (output == null) {
            log.info("\n" + text);
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
