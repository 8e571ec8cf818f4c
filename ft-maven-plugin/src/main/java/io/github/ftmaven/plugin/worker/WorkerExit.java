package io.github.ftmaven.plugin.worker;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Explains why a worker ended without a result. */
final class WorkerExit {
    /** Set by {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_HEAP = 3;

    /** 128 plus the signal number. */
    private static final int ABORTED = 134;

    private static final int KILLED = 137;
    private static final int SEGMENTATION_FAULT = 139;
    private static final int TERMINATED = 143;

    /** How many bytes to read from the end of a log. A JVM that does not start prints less. */
    private static final int TAIL = 1 << 16;

    private static final Path CONTAINER_LIMIT = Path.of("/sys/fs/cgroup/memory.max");

    private WorkerExit() {}

    /**
     * Explains an exit code in one or two sentences.
     *
     * @param goal the goal, for the message
     * @param crashReport the JVM's crash report
     * @param log the worker's output
     * @param shownLog the log's path in messages
     */
    static String describe(String goal, int exitCode, Path crashReport, Path log, String shownLog) {
        String worker = "The worker of ft:" + goal;
        return switch (exitCode) {
            case OUT_OF_HEAP ->
                worker + " ran out of Java heap. Raise the limit, for example with -Dft.argLine=-Xmx4g. Its log is "
                        + shownLog
                        + ".";
            case KILLED ->
                worker + " was killed (signal 9), likely because " + whoseMemory() + " ran out of memory."
                        + lessMemory(goal);
            case TERMINATED -> worker + " was terminated (signal 15). Run the build again.";
            case ABORTED, SEGMENTATION_FAULT ->
                worker + " crashed in native code (signal " + (exitCode - 128) + ")" + lastLine(log) + ". "
                        + (Files.exists(crashReport)
                                ? "The crash report is " + crashReport + "."
                                : "Its log is " + shownLog + ".");
            default ->
                StartProblem.of(lines(log), optionsOf(System.getenv()))
                        .map(problem -> worker + " could not start: " + problem)
                        .orElseGet(() -> worker + " ended with exit code " + exitCode + lastLine(log) + ". Its log is "
                                + shownLog + ".");
        };
    }

    private static String lessMemory(String goal) {
        return switch (goal) {
            case "train" ->
                " Lower training.microBatchTokens or set training.gradientCheckpointing to on. Or run the build"
                        + " again unchanged to resume from the last checkpoint.";
            case "evaluate" -> " Lower evaluation.batchSize.";
            default -> "";
        };
    }

    /** A container's own memory limit, if any, explains what the machine's free memory does not. */
    private static String whoseMemory() {
        try {
            String limit = Files.readString(CONTAINER_LIMIT).strip();
            if (limit.matches("[0-9]{1,18}")) {
                return String.format(Locale.ROOT, "its container (limit %,d MB)", Long.parseLong(limit) / 1_000_000);
            }
        } catch (IOException e) {
            // Not Linux, or not in a container.
        }
        return "the system";
    }

    private static boolean optionsOf(Map<String, String> environment) {
        return environment.containsKey("JAVA_TOOL_OPTIONS") || environment.containsKey("JDK_JAVA_OPTIONS");
    }

    private static String lastLine(Path log) {
        List<String> lines = lines(log);
        return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip();
    }

    private static List<String> lines(Path log) {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL));
            byte[] tail = Channels.newInputStream(channel).readNBytes(TAIL);
            return new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
