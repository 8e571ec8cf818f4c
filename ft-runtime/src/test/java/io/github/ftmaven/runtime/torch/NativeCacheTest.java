package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    private final Platform platform = Platform.detectPlatform("tokenizers");
    private final String kind = platform.getFlavor() + "-" + platform.getClassifier();

    @TempDir
    Path cache;

    @Test
    void takesALibraryAgainThatWasCutShort() throws IOException {
        Path whole = library(cache.resolve(platform.getVersion() + "-" + kind));
        check();
        assertThat(whole).exists();
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length - 1));
        check();
        assertThat(whole.getParent()).doesNotExist();
    }

    @Test
    void leavesOtherVersionsAlone() throws IOException {
        Path other = Files.createDirectories(cache.resolve("0.0.1-" + kind));
        Files.write(other.resolve(libraryName()), new byte[] {1});
        check();
        assertThat(other.resolve(libraryName())).exists();
    }

    @Test
    void removesWhatKilledProcessesWereUnpacking() throws IOException {
        Path old = Files.createDirectories(cache.resolve("tmp1"));
        Files.write(old.resolve("x.so"), new byte[] {1});
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path current = Files.createDirectories(cache.resolve("tmp2"));
        check();
        assertThat(old).doesNotExist();
        assertThat(current).exists();
    }

    private void check() {
        NativeCache.check(cache, platform.getVersion(), kind);
    }

    private static String libraryName() {
        return System.mapLibraryName("tokenizers");
    }

    private Path library(Path directory) throws IOException {
        String path = "/native/lib/" + platform.getClassifier() + "/" + platform.getFlavor() + "/" + libraryName();
        Path file = Files.createDirectories(directory).resolve(libraryName());
        try (InputStream in = Objects.requireNonNull(NativeCacheTest.class.getResourceAsStream(path), path)) {
            Files.copy(in, file);
        }
        return file;
    }
}
