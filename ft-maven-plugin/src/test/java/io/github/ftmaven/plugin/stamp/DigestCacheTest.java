package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestCacheTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private Path large;
    private Path file;

    @BeforeEach
    void writeFile() throws Exception {
        file = directory.resolve("digests.json");
        large = directory.resolve("model.safetensors");
        try (RandomAccessFile zeros = new RandomAccessFile(large.toFile(), "rw")) {
            zeros.setLength(DigestCache.REMEMBERED_SIZE);
        }
        Files.setLastModifiedTime(large, LONG_AGO);
    }

    @Test
    void remembersLargeFilesThatNobodyTouched() throws Exception {
        Thread.sleep(2_100); // until the file counts as settled
        remember();
        String text = Files.readString(file);
        String digest = new DigestCache(file).sha256(large);
        Files.writeString(file, text.replace(digest, "0".repeat(64)));
        assertThat(new DigestCache(file).sha256(large)).isEqualTo("0".repeat(64));
    }

    /** The clock of a test cannot set the time of change, so it is written into what is remembered. */
    @ParameterizedTest
    @CsvSource({
        // Written with its time put back: the system knows.
        "changed, 2020-01-01T00:00:01Z",
        // Another file put in its place.
        "inode, 1",
        "modified, 2020-01-02T00:00:00Z",
        "size, 8388609",
        "sample, 00",
    })
    void trustsNoFileOfWhichAnythingIsDifferent(String what, String value) throws Exception {
        Thread.sleep(2_100);
        String digest = remember();
        ObjectNode entries = JsonFile.read(file, "");
        ObjectNode entry = (ObjectNode) entries.path(large.toString());
        assertThat(entry.has(what)).isTrue();
        entry.put("sha256", "0".repeat(64)).put(what, value);
        JsonFile.write(file, entries);
        assertThat(new DigestCache(file).sha256(large)).isEqualTo(digest);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void noticesAByteWrittenWithTheTimePutBack() throws Exception {
        Thread.sleep(2_100);
        String digest = remember();
        overwriteFirstByte(LONG_AGO);
        assertThat(new DigestCache(file).sha256(large)).isNotEqualTo(digest).isEqualTo(Digests.sha256(large));
    }

    @Test
    void trustsNoFileThatIsStillWarm() throws Exception {
        remember();
        assertThat(file).doesNotExist();
    }

    @Test
    void forgetsWhenItIsDamaged() throws Exception {
        String digest = remember();
        Files.writeString(file, "{\"half");

        assertThat(new DigestCache(file).sha256(large)).isEqualTo(digest);
    }

    /** Two such names look the same, so that one would be taken for the other. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesANameThatItCannotRead() throws Exception {
        Path folder = Files.createDirectories(file.resolveSibling("names"));
        Process shell = new ProcessBuilder("sh", "-c", "touch \"$(printf '\\374bung')\" \"$(printf '\\366bung')\"")
                .directory(folder.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        DigestCache cache = new DigestCache(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(each -> assertThatThrownBy(() -> cache.sha256(each))
                            .isInstanceOf(InvalidInputException.class)
                            .hasMessageContaining("\uFFFDbung: the file name "));
        }
    }

    private String remember() throws Exception {
        DigestCache cache = new DigestCache(file);
        String digest = cache.sha256(large);
        cache.save();
        return digest;
    }

    private void overwriteFirstByte(FileTime time) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(large.toFile(), "rw")) {
            bytes.write(1);
        }
        Files.setLastModifiedTime(large, time);
    }
}
