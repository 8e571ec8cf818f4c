package io.github.ftmaven.runtime.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The peak memory of this process, Java's and libtorch's together. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HIGH_WATER_MARK = "VmHWM:";
    private static final String NOW = "VmRSS:";

    private PeakMemory() {}

    /** The peak resident set in bytes; empty if the system does not report it (Linux does). */
    public static OptionalLong bytes() {
        return bytes(HIGH_WATER_MARK);
    }

    /** The present resident set in bytes; empty if the system does not report it. */
    public static OptionalLong now() {
        return bytes(NOW);
    }

    private static OptionalLong bytes(String field) {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
