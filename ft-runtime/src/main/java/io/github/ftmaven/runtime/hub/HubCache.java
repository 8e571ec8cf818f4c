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
 * A repository in the official client's cache, in its layout: {@code blobs/DIGEST} holds the content, {@code
 * snapshots/COMMIT/NAME} links to it, {@code refs/BRANCH} names a commit, and {@code .no_exist/COMMIT/NAME} records
 * that a commit lacks a file.
 */
final class HubCache {
    private static final long LOCK_POLL_NANOS = 100_000_000;

    private final Path repository;
    private final Path locks;

    /** Names the repository by its folder, such as {@code models--ORG--NAME}. */
    HubCache(Path cache, String name) {
        this.repository = cache.resolve(name);
        this.locks = cache.resolve(".locks").resolve(name);
    }

    Path snapshot(String commit) {
        return repository.resolve("snapshots").resolve(commit);
    }

    boolean has(String commit, String file) {
        return Files.isRegularFile(snapshot(commit).resolve(file));
    }

    /** Whether the cache records that the commit lacks the file. */
    boolean lacks(String commit, String file) {
        return Files.isRegularFile(absence(commit, file));
    }

    void recordAbsence(String commit, String file) throws IOException {
        Path marker = absence(commit, file);
        Files.createDirectories(marker.getParent());
        try {
            Files.createFile(marker);
        } catch (FileAlreadyExistsException e) {
            // Another process recorded it too.
        }
    }

    /** The commit of a branch or tag at the last request. */
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

    /** A content's partial download, which the official client can resume too. */
    Path incomplete(String digest) {
        return repository.resolve("blobs").resolve(digest + ".incomplete");
    }

    /** Links a downloaded content into a commit's snapshot. */
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
            // Windows without the privilege to link: the file itself is stored here, as the official client does.
            Files.move(blob, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Work on a content that only one process may do at a time. */
    interface Work {
        void run() throws IOException;
    }

    /** Does the work while no other process, and no other thread of this process, holds the content. */
    void locked(String digest, Work work) throws IOException {
        Files.createDirectories(locks);
        Files.createDirectories(repository.resolve("blobs"));
        Path file = locks.resolve(digest + ".lock");
        // Closing the channel releases the lock.
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
        } catch (IOException e) { // its message names no file
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    private Path absence(String commit, String file) {
        return repository.resolve(".no_exist").resolve(commit).resolve(file);
    }
}
