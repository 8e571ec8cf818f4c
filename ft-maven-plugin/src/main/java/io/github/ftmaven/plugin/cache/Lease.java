package io.github.ftmaven.plugin.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The right to do something that only one build may do at a time, in this process or another. The operating system
 * releases it when a process dies.
 *
 * <p>POSIX releases a lock when a process closes <em>any</em> descriptor of the file. A file that this process has
 * locked is therefore never opened a second time, not even by another class loader: Maven may have several for this
 * plugin, which share only system properties and interned strings.
 */
public final class Lease implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    /** A byte beyond the content, which others read while the file is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_PID = 19;
    private static final Pattern PID = Pattern.compile("[0-9]{1," + LONGEST_PID + "}");

    private static final String HELD = "io.github.ftmaven.lease.";
    private static final String THIS_PROCESS = HELD.intern();

    private final Path file;
    private final FileChannel channel;

    private Lease(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until the lease is free.
     *
     * @param file a file that represents the lease; it exists while the lease is held
     * @param waiting receives the holder once, if the lease must be waited for
     */
    public static Lease await(Path file, Consumer<String> waiting) throws IOException {
        boolean told = false;
        while (true) {
            Optional<Lease> lease = tryTake(file);
            if (lease.isPresent()) {
                return lease.get();
            }
            if (!told) {
                waiting.accept(holder(file));
                told = true;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another build held " + file, e);
            }
        }
    }

    /** Takes the lease if it is free. */
    static Optional<Lease> tryTake(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        Files.createDirectories(file.resolveSibling(""));
        synchronized (THIS_PROCESS) {
            if (System.getProperty(HELD + file) != null) {
                return Optional.empty();
            }
            return underGuard(file, () -> {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                boolean taken = false;
                try {
                    taken = channel.tryLock(LOCKED_BYTE, 1, false) != null;
                } finally {
                    if (!taken) {
                        channel.close();
                    }
                }
                if (!taken) {
                    return Optional.empty();
                }
                sign(channel);
                System.setProperty(HELD + file, "");
                return Optional.of(new Lease(file, channel));
            });
        }
    }

    private static void sign(FileChannel channel) {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // The disk is full: waiters are not told who holds the lease.
        }
    }

    /** The holder, according to the lease's file. */
    static String holder(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        synchronized (THIS_PROCESS) {
            if (System.getProperty(HELD + file) != null) {
                return "another module";
            }
            try (InputStream in = Files.newInputStream(file)) {
                // Anyone may have written there, so only numbers are shown.
                String pid = new String(in.readNBytes(LONGEST_PID + 1), StandardCharsets.ISO_8859_1);
                return PID.matcher(pid).matches() ? "process " + pid : "another process";
            } catch (NoSuchFileException e) {
                return "another process";
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (THIS_PROCESS) {
            try {
                underGuard(file, () -> {
                    channel.close();
                    Files.deleteIfExists(file);
                    return Optional.empty();
                });
            } catch (IOException e) {
                // The directory is gone or the disk is full. The file no longer represents the lease.
            } finally {
                channel.close();
                System.clearProperty(HELD + file);
            }
        }
    }

    /** Serializes taking and releasing, so that no process locks a file that another is deleting. */
    private static Optional<Lease> underGuard(Path file, Change change) throws IOException {
        try (FileChannel guard = FileChannel.open(
                        file.resolveSibling(".guard"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(guard, file)) {
            return lock.isValid() ? change.make() : Optional.empty();
        }
    }

    private static FileLock lock(FileChannel guard, Path file) throws IOException {
        try {
            return guard.lock();
        } catch (IOException e) { // its message does not name the file
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Change {
        Optional<Lease> make() throws IOException;
    }
}
