package io.github.ftmaven.runtime.torch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains why the system cannot load a native library: the linker's own message suggests no remedy. */
public final class NativeProblem {
    private static final Pattern FILE = Pattern.compile("((?:/|[A-Za-z]:\\\\)[^:]*\\.(?:so|dylib|dll|jnilib)[0-9.]*)");
    private static final Pattern NEWER = Pattern.compile("version [`']([A-Z]+_[0-9.]+)' not found");
    private static final Pattern MISSING = Pattern.compile(
            "(?:^|[: ])(\\S+?): cannot open shared object file|Error loading shared library ([^:\\s]+)");

    private NativeProblem() {}

    /** A sentence or two if the exception has such a cause; empty otherwise. */
    public static Optional<String> of(Throwable thrown) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            Optional<String> sentence = sentence(String.valueOf(each.getMessage()));
            if (sentence.isPresent()) {
                return sentence;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> sentence(String message) {
        Matcher file = FILE.matcher(message);
        String library = file.find() ? file.group(1) : "";
        if (message.contains("failed to map segment from shared object")) {
            Path directory = library.isEmpty() ? null : Path.of(library).getParent();
            return Optional.of("The system cannot load native libraries from "
                    + (directory == null ? "the cache" : directory)
                    + ": its file system is likely mounted with noexec. Point ft.cacheDirectory at a directory elsewhere; in"
                    + " a Java program, DJL_CACHE_DIR.");
        }
        Matcher newer = NEWER.matcher(message);
        if (newer.find()) {
            return Optional.of(
                    "The libraries of this system are too old for " + (library.isEmpty() ? "libtorch" : library) + ": "
                            + newer.group(1) + " is missing. Use a newer release of the operating system.");
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            String name = missing.group(1) == null ? missing.group(2) : missing.group(1);
            String advice = name.startsWith("ld-linux") || name.startsWith("libc.")
                    ? "It belongs to glibc; libtorch does not run on other C libraries, such as Alpine's."
                    : name.startsWith("libcuda")
                            ? "It belongs to NVIDIA's driver. Install the driver, or use -Dft.device=cpu."
                            : "Install the operating system's package that contains it.";
            return Optional.of("The library " + name + " is missing on this system. " + advice);
        }
        return Optional.empty();
    }
}
