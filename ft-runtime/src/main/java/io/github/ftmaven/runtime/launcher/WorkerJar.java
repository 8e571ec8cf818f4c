package io.github.ftmaven.runtime.launcher;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The main class of {@code ft-worker.jar}: runs the request in a directory and leaves {@code result/} there.
 *
 * <p>Whoever starts it twice for one directory gets one training: the second start waits for the first, and a result
 * that is there already ends it at once.
 */
public final class WorkerJar {
    /** The request, as the process that trains reads it. */
    public static final String REQUEST = "request.json";
    /** Appears when the training is complete. */
    public static final String RESULT = "result";
    /** The last file that is written in {@link #RESULT}. */
    public static final String MANIFEST = "manifest.json";

    /** The request, the jar or the machine is at fault, and nothing was trained. */
    static final int UNUSABLE = 64;

    private static final String LOCK = "lock";

    private WorkerJar() {}

    /** Runs the request in the directory that the only argument names, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode;
        try {
            exitCode = run(List.of(arguments));
        } catch (UnusableException e) {
            say(e.getMessage());
            exitCode = UNUSABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exitCode = UNUSABLE;
        } catch (IOException e) {
            say(e.toString());
            exitCode = UNUSABLE;
        }
        System.exit(exitCode);
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException, UnusableException {
        if (arguments.size() != 1) {
            throw new UnusableException("Usage: java -jar ft-worker.jar DIRECTORY, the one with " + REQUEST + ".");
        }
        Path directory = Path.of(arguments.get(0)).toAbsolutePath().normalize();
        if (!Files.isRegularFile(directory.resolve(REQUEST))) {
            throw new UnusableException(directory + ": has no " + REQUEST + ". Name the directory of the request.");
        }
        try (FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until it is closed
            if (Files.isRegularFile(directory.resolve(RESULT).resolve(MANIFEST))) {
                say(directory.resolve(RESULT) + ": is complete already.");
                return 0;
            }
            InputDigests.verify(directory);
            return new TrainingProcess(directory).run(WorkerLibraries.unpack(directory));
        }
    }

    @SuppressForbidden("standard error is the log")
    static void say(String text) {
        System.err.println("ft-worker: " + text);
    }
}
