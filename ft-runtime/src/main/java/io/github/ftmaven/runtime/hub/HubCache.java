package io.github.ftmaven.runtime.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One repository in the cache of the official client, laid out as it does: {@code blobs/DIGEST} holds the content,
 * {@code snapshots/COMMIT/NAME} links to it, {@code refs/BRANCH} names a commit, {@code .no_exist/COMMIT/NAME} says that
 * a commit lacks a file.
 */
final class HubCache {
    private static final long LOCK_POLL_NANOS = 100_000_000;

    private final Path repository;
    private final Path locks;

    HubCache(Path cache, String id) {
        String name = "models--" + id.replace("/", "--");
        this.repository = cache.resolve(name);
        this.locks = cache.resolve(".locks").resolve(name);
    }

    Path snapshot(String commit) {
        return repository.resolve("snapshots").resolve(commit);
    }

    boolean has(String commit, String file) {
        return Files.isRegularFile(snapshot(commit).resolve(file));
    }

    /** Whether it is known that the commit lacks the file. */
    boolean lacks(String commit, String file) {
        return Files.isRegularFile(absence(commit, file));
    }

    void recordAbsence(String commit, String file) throws IOException {
        Path marker = absence(commit, file);
        Files.createDirectories(marker.getParent());
        try {
            Files.createFile(marker);
        } catch (FileAlreadyExistsException e) {
            // Another process learnt it too.
        }
    }

    /** The commit that a branch or tag was when it was last asked for. */
    Optional<String> commit(String revision) throws IOException {
        try {
            String commit = Files.readString(repository.resolve("refs").resolve(revision))
                    .strip();
            return HubModel.isCommit(commit) ? Optional.of(commit) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void recordCommit(String revision, String commit) throws IOException {
        Path file = repository.resolve("refs").resolve(revision);
        Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(file.getParent(), ".ref", ".tmp");
        Files.writeString(next, commit);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    Path blob(String digest) {
        return repository.resolve("blobs").resolve(digest);
    }

    /** What has arrived of a content so far; the official client goes on from it too. */
    Path incomplete(String digest) {
        return repository.resolve("blobs").resolve(digest + ".incomplete");
    }

    /** Makes a content, which is in its place, a file of a commit. */
    void link(String digest, String commit, String file) throws IOException {
        Path link = snapshot(commit).resolve(file);
        Path folder = Files.createDirectories(link.getParent());
        if (Files.isSymbolicLink(link) && !Files.exists(link)) {
            Files.delete(link); // its content was removed
        }
        Path blob = blob(digest);
        try {
            Files.createSymbolicLink(link, folder.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster.
        } catch (IOException | UnsupportedOperationException e) {
            // Windows without the right to link: the file itself stands there, as the official client has it.
            Files.move(blob, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Work that only one process at a time may do on a content. */
    interface Work {
        void run() throws IOException;
    }

    /** Does it when no other process, and no other thread of this one, holds the content. */
    void locked(String digest, Work work) throws IOException {
        Files.createDirectories(locks);
        Files.createDirectories(repository.resolve("blobs"));
        Path file = locks.resolve(digest + ".lock");
        // Closing the channel gives the lock back.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, file);
            work.run();
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        while (!isLocked(channel, file)) {
            LockSupport.parkNanos(LOCK_POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new HubException("Interrupted while another process downloads the same file.");
            }
        }
    }

    private static boolean isLocked(FileChannel channel, Path file) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by another thread of this process
        } catch (IOException e) { // which names no file
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    private Path absence(String commit, String file) {
        return repository.resolve(".no_exist").resolve(commit).resolve(file);
    }
}
