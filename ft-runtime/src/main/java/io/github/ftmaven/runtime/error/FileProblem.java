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
 * What is wrong with a file, in words: the message of most exceptions of the file system is a path and nothing else, and
 * that of the others is the system's own, which tells nobody what to do.
 */
public final class FileProblem {
    /** What systems say of a device or its settings, whatever the file is, and what helps. */
    private record Fault(String words, String advice) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("No space left on device", "; make room on it"),
            new Fault("not enough space on the disk", "; make room on it"),
            new Fault("Disk quota exceeded", "; make room, or ask for more"),
            new Fault("File too large", ""),
            new Fault("Read-only file system", ""),
            new Fault("Too many open files", "; raise the limit (ulimit -n)"),
            new Fault("File name too long", ""),
            new Fault("Too many levels of symbolic links", "; its symbolic links form a loop"),
            new Fault("No locks available", "; its file system (NFS?) has no locks, so another one is needed"),
            new Fault("Input/output error", "; the disk or its connection fails"),
            new Fault("Stale file handle", "; the server of its file system has changed it"),
            new Fault("Cannot allocate memory", "; free some, or raise the limit (ulimit -v)"));

    private FileProblem() {}

    /** The file, if the exception names one and its words do not begin with it, and what is wrong with it; no full stop. */
    public static String of(IOException e) {
        String reason = reason(e);
        String file = e instanceof FileSystemException problem ? problem.getFile() : null;
        return file == null ? reason : file + ": " + reason;
    }

    /** What is wrong, for a message that names the file already; no full stop. */
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

    /** Whether it is the machine that has no more of something, so that to try again does not help. */
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
            return "it exists already, and is no directory" + other;
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
                .filter(advice -> !message.contains(advice)) // one that was put there before
                .findFirst()
                .orElse("");
    }

    /** What this user may not do; nothing if that cannot be seen. */
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
