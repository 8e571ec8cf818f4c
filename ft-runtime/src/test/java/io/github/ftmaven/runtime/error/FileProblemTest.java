package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileProblemTest {
    @TempDir
    Path directory;

    @Test
    void saysWhatTheFileSystemSaysByTheKindOfItsException() throws IOException {
        Path none = directory.resolve("none");
        Path file = Files.createFile(directory.resolve("file"));
        Path full = Files.createDirectories(directory.resolve("full/inner")).getParent();
        assertThat(of(() -> Files.readString(none))).isEqualTo(none + ": no such file or directory");
        assertThat(of(() -> Files.createDirectories(file)))
                .isEqualTo(file + ": it already exists and is not a directory");
        assertThat(of(() -> Files.delete(full))).isEqualTo(full + ": the directory is not empty");
        assertThat(of(() -> Files.list(file).close())).isEqualTo(file + ": not a directory");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysWhatTheSystemSays() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));
        assertThat(of(() -> Files.readString(link)))
                .startsWith(link + ": Too many levels of symbolic links")
                .endsWith("; the symbolic links form a loop");
        Path longName = directory.resolve("x".repeat(300));
        assertThat(of(() -> Files.createFile(longName))).isEqualTo(longName + ": File name too long");
        Path below = Files.createFile(directory.resolve("file")).resolve("below");
        assertThat(of(() -> Files.createFile(below))).isEqualTo(below + ": Not a directory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhenADiskIsFull() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        assertThat(of(() -> Files.writeString(Path.of("/dev/full"), "x")))
                .isEqualTo("No space left on device; make room on it");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysWhoMayNotReadOrWrite() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "the user root may do everything");
        String user = " by the user " + System.getProperty("user.name");
        Path file = Files.createFile(directory.resolve("secret"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assertThat(of(() -> Files.readString(file))).isEqualTo(file + ": permission denied: it cannot be read" + user);
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(of(() -> Files.createDirectories(folder.resolve("a/b"))))
                .isEqualTo(folder.resolve("a") + ": permission denied: " + folder + " cannot be written" + user);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("x/y"), "x/y: permission denied"),
                Arguments.of(new FileSystemLoopException("x"), "x: its symbolic links form a loop"),
                Arguments.of(new NoSuchFileException("x", "y", null), "x: no such file or directory (to y)"),
                Arguments.of(new NotLinkException("x"), "x: not a symbolic link"),
                Arguments.of(
                        new FileSystemException("x", null, "Too many open files"),
                        "x: Too many open files; raise the limit (ulimit -n)"),
                Arguments.of(new FileSystemException("x", null, "Read-only file system"), "x: Read-only file system"),
                Arguments.of(new FileSystemException("x"), "x: FileSystem"),
                Arguments.of(
                        new IOException("No locks available"),
                        "No locks available; its file system (NFS?) does not support locks; use another one"),
                Arguments.of(new IOException("some words"), "some words"),
                Arguments.of(new IOException(), "IO"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhatHelps(IOException e, String words) {
        assertThat(FileProblem.of(e)).startsWith(words);
    }

    @Test
    void leavesTheWordsOfOlderClasses() {
        Path none = directory.resolve("none");
        FileNotFoundException e =
                catchThrowableOfType(FileNotFoundException.class, () -> new FileInputStream(none.toFile()).close());
        assertThat(FileProblem.of(e)).isEqualTo(e.getMessage());
    }

    @Test
    void toTryAgainDoesNotHelpAFullDisk() {
        assertThat(FileProblem.isOfThisMachine(new IOException("No space left on device")))
                .isTrue();
        assertThat(FileProblem.isOfThisMachine(new AccessDeniedException("x"))).isTrue();
        assertThat(FileProblem.isOfThisMachine(new IOException("Connection reset")))
                .isFalse();
    }

    private static String of(ThrowingCallable work) {
        return FileProblem.of(catchThrowableOfType(IOException.class, work));
    }
}
