package io.github.ftmaven.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Shares the GPUs of one machine among the workers of a local cluster, to all of which Spark gives the first. A worker holds
 * a lock as long as it lives, so one that replaces another gets its GPU.
 */
final class LocalGpu {
    private static @Nullable FileLock held;
    private static int number;

    private LocalGpu() {}

    /**
     * The number of this worker, counted from 0.
     *
     * @param directory that all workers of the cluster see, and no others
     * @param workers how many there are
     */
    static synchronized String of(Path directory, int workers) {
        for (int i = 0; held == null && i < workers; i++) {
            held = lock(directory.resolve("worker-" + i + ".lock"));
            number = i;
        }
        // One that is about to end may still hold its lock.
        return String.valueOf(held == null ? 0 : number);
    }

    private static @Nullable FileLock lock(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
