package io.github.ftmaven.runtime.files;

import io.github.ftmaven.runtime.error.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a file so that a reader, even after a crash, finds either the old content or the whole new one. */
public final class AtomicFile {
    private static final AtomicLong WRITTEN = new AtomicLong();

    private AtomicFile() {}

    /**
     * Writes a temporary file beside the target, forces it to disk, then renames it; creates missing directories. If
     * several threads or processes write the same file at once, the last one wins.
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling("");
        Files.createDirectories(directory);
        Path temporary = directory.resolve("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + FileProblem.reason(e), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
