package io.github.ftmaven.plugin.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What it means when a worker ended without a result. */
final class Ending {
    /** Set by {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_HEAP = 3;

    /** 128 and the number of the signal. */
    private static final int ABORTED = 134;

    private static final int KILLED = 137;
    private static final int SEGMENTATION_FAULT = 139;
    private static final int TERMINATED = 143;

    private Ending() {}

    /**
     * A sentence or two about an exit code.
     *
     * @param goal the goal, for the message
     * @param crashReport where the JVM writes how it crashed
     * @param log the worker's output
     * @param shownLog the log as messages name it
     */
    static String describe(String goal, int exitCode, Path crashReport, Path log, String shownLog) {
        String worker = "The worker of ft:" + goal;
        return switch (exitCode) {
            case OUT_OF_HEAP ->
                worker + " ran out of Java heap. Give it more, such as -Dft.argLine=-Xmx4g. Its log is " + shownLog
                        + ".";
            case KILLED ->
                worker + " was killed (signal 9), likely because the system ran out of memory." + lessMemory(goal);
            case TERMINATED -> worker + " was terminated (signal 15). Run the build again.";
            case ABORTED, SEGMENTATION_FAULT ->
                worker + " crashed in native code (signal " + (exitCode - 128) + ")" + lastLine(log) + ". "
                        + (Files.exists(crashReport)
                                ? "The crash report is " + crashReport + "."
                                : "Its log is " + shownLog + ".");
            default -> worker + " ended with exit code " + exitCode + lastLine(log) + ". Its log is " + shownLog + ".";
        };
    }

    private static String lessMemory(String goal) {
        return switch (goal) {
            case "train" ->
                " Lower training.microBatchTokens or set training.gradientCheckpointing to on; or run the build again as it"
                        + " is, to go on from the last checkpoint.";
            case "evaluate" -> " Lower evaluation.batchSize.";
            default -> "";
        };
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
