package io.github.ftmaven.plugin.build;

import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes a problem with a file. If the file is outside the project, the text names the property that sets its
 * directory.
 */
public final class FileAdvice {
    private FileAdvice() {}

    /**
     * Describes an exception.
     *
     * @param e an {@link IOException}, or one that wraps it
     * @param cache {@code ft.cacheDirectory}; null for a goal without one
     */
    public static String of(Exception e, @Nullable Path cache) {
        String text = text(e);
        for (@Nullable Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof FileSystemException problem && problem.getFile() != null) {
                text += place(Path.of(problem.getFile()).toAbsolutePath(), cache);
                break;
            }
        }
        String printable = PrintableText.of(text);
        return printable.contains("\n") ? "\n" + printable : printable;
    }

    private static String text(Exception e) {
        if (e instanceof UncheckedIOException unchecked) {
            IOException cause = unchecked.getCause();
            return cause != null && cause.toString().equals(e.getMessage())
                    ? FileProblem.of(cause)
                    : String.valueOf(e.getMessage());
        }
        return e instanceof IOException problem ? FileProblem.of(problem) : String.valueOf(e.getMessage());
    }

    private static String place(Path file, @Nullable Path cache) {
        if (cache != null && file.startsWith(cache.toAbsolutePath())) {
            return ". Set ft.cacheDirectory to use another cache directory.";
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        boolean own = file.startsWith(temporary)
                && !file.equals(temporary)
                && temporary.relativize(file).getName(0).toString().startsWith("ft-");
        return own
                ? ". It is in Java's temporary directory. Set -Djava.io.tmpdir=DIRECTORY in MAVEN_OPTS to use another."
                : "";
    }
}
