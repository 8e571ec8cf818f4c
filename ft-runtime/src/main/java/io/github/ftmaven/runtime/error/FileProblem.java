package io.github.ftmaven.runtime.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a problem with a file in words. Most file system exceptions have only a path as their message; the others
 * have the operating system's text, which suggests no remedy.
 */
public final class FileProblem {
    /** An operating system's text about a device or its settings, whatever the file, and a remedy. */
    private record Fault(String words, String advice) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("No space left on device", "; make room on it"),
            new Fault("not enough space on the disk", "; make room on it"),
            new Fault("Disk quota exceeded", "; make room, or ask for more"),
            new Fault("File too large", ""),
            new Fault("Read-only file system", ""),
            new Fault("Too many open files", "; raise the limit (ulimit -n)"),
            new Fault("File name too long", ""),
            new Fault("Too many levels of symbolic links", "; the symbolic links form a loop"),
            new Fault("No locks available", "; its file system (NFS?) does not support locks; use another one"),
            new Fault("Input/output error", "; check the disk and its connection"),
            new Fault("Stale file handle", "; the file server has changed it"),
            new Fault("Cannot allocate memory", "; free some, or raise the limit (ulimit -v)"));

    private FileProblem() {}

    /** The problem, preceded by the file where the exception names one separately; without a full stop. */
    public static String of(IOException e) {
        String reason = reason(e);
        String file = e instanceof FileSystemException problem ? problem.getFile() : null;
        return file == null ? reason : file + ": " + reason;
    }

    /** The problem, for a message that already names the file; without a full stop. */
    public static String reason(IOException e) {
        if (e instanceof FileSystemException problem) {
            return reason(problem);
        }
        String message = Objects.requireNonNullElse(
                e.getMessage(), e.getClass().getSimpleName().replaceFirst("Exception$", ""));
        if (e instanceof FileNotFoundException && message.endsWith(")")) {
            return message; // java.io puts the system's words in parentheses
        }
        return message + advice(message);
    }

    /** Whether this machine causes the problem (a full disk, a limit, permissions), so a retry cannot help. */
    public static boolean isOfThisMachine(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof FileSystemException || FAULTS.stream().anyMatch(fault -> message.contains(fault.words()));
    }

    private static String reason(FileSystemException e) {
        String other = e.getOtherFile() == null ? "" : " (to " + e.getOtherFile() + ")";
        if (e instanceof AccessDeniedException) {
            return "permission denied" + access(e.getFile()) + other;
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory" + other;
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it already exists and is not a directory" + other;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the directory is not empty" + other;
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory" + other;
        }
        if (e instanceof NotLinkException) {
            return "not a symbolic link" + other;
        }
        if (e instanceof FileSystemLoopException) {
            return "its symbolic links form a loop" + other;
        }
        String reason = e.getReason();
        return reason == null
                ? e.getClass().getSimpleName().replaceFirst("Exception$", "") + other
                : reason + other + advice(reason);
    }

    private static String advice(String message) {
        return FAULTS.stream()
                .filter(fault -> message.contains(fault.words()))
                .map(Fault::advice)
                .filter(advice -> !message.contains(advice)) // already appended
                .findFirst()
                .orElse("");
    }

    /** The permission that this user lacks; empty if that is not visible. */
    private static String access(@Nullable String file) {
        Path path;
        try {
            path = Path.of(Objects.requireNonNullElse(file, "")).toAbsolutePath();
        } catch (InvalidPathException e) {
            return "";
        }
        for (Path each = path; each != null; each = each.getParent()) {
            if (Files.exists(each)) {
                String what = each.equals(path) ? "it" : each.toString();
                String user = " by the user " + System.getProperty("user.name");
                if (!Files.isReadable(each)) {
                    return ": " + what + " cannot be read" + user;
                }
                return Files.isWritable(each) ? "" : ": " + what + " cannot be written" + user;
            }
        }
        return "";
    }
}
