package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * A directory that only its owner can read, for tasks that leave no result: prompts may be private. If a worker failed,
 * its logs stay, because the message names them.
 */
final class PrivateDirectory {
    private PrivateDirectory() {}

    /** A task that runs in a directory. */
    @FunctionalInterface
    interface Work<T> {
        T in(Path directory) throws IOException, WorkerException, DependencyResolutionException;
    }

    /** Runs a task in a new directory and deletes the directory afterwards. */
    static <T> T during(String task, Work<T> work) throws IOException, WorkerException, DependencyResolutionException {
        Path directory = Files.createTempDirectory("ft-" + task);
        boolean logsAreNamed = false;
        try {
            return work.in(directory);
        } catch (WorkerException e) {
            logsAreNamed = true;
            throw e;
        } finally {
            if (logsAreNamed) {
                keepLogs(directory);
            } else {
                Directories.delete(directory);
            }
        }
    }

    private static void keepLogs(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        int kept = 0;
        for (Path file : files) {
            if (file.toString().endsWith(".log")) {
                kept++;
            } else {
                Files.delete(file);
            }
        }
        if (kept == 0) {
            Files.delete(directory);
        }
    }
}
