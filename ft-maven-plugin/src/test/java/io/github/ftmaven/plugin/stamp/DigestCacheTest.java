package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void remembersLargeFilesByPathSizeAndTime() throws Exception {
        String digest = remember();
        overwriteFirstByte(LONG_AGO);
        assertThat(new DigestCache(file).sha256(large)).isEqualTo(digest);

        Files.setLastModifiedTime(large, FileTime.from(Instant.parse("2020-01-02T00:00:00Z")));
        assertThat(new DigestCache(file).sha256(large)).isNotEqualTo(digest).isEqualTo(Sha256.of(large));
    }

    @Test
    void trustsNoFileThatIsStillWarm() throws Exception {
        FileTime now = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(large, now);
        String digest = remember();
        overwriteFirstByte(now);

        assertThat(new DigestCache(file).sha256(large)).isNotEqualTo(digest);
    }

    @Test
    void forgetsWhenItIsDamaged() throws Exception {
        String digest = remember();
        Files.writeString(file, "{\"half");

        assertThat(new DigestCache(file).sha256(large)).isEqualTo(digest);
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
