package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NativeCacheTest {
    private Platform platform = Platform.detectPlatform("tokenizers");

    @TempDir
    Path cache;

    /** The library of each jar: of the tokenizers, libtorch, and what is between Java and libtorch. */
    static List<Arguments> libraries() {
        return List.of(
                Arguments.of("tokenizers", "/native/lib/CLASSIFIER/FLAVOR/", "tokenizers", ""),
                Arguments.of("pytorch", "/pytorch/FLAVOR/CLASSIFIER/", "torch", ""),
                Arguments.of("pytorch", "/jnilib/CLASSIFIER/FLAVOR/", "djl_torch", Engine.getDjlVersion() + "-"));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void takesALibraryAgainThatWasCutShort(String engine, String place, String library, String prefix)
            throws IOException {
        platform = Platform.detectPlatform(engine);
        String name = System.mapLibraryName(library);
        Path whole = library(place, name, prefix + name);
        check();
        assertThat(whole).exists();
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length - 1));
        check();
        assertThat(whole.getParent()).doesNotExist();
    }

    @Test
    void leavesOtherVersionsAlone() throws IOException {
        Path other = Files.createDirectories(cache.resolve("0.0.1-" + kind()));
        Files.write(other.resolve(System.mapLibraryName("tokenizers")), new byte[] {1});
        check();
        assertThat(other.resolve(System.mapLibraryName("tokenizers"))).exists();
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
        NativeCache.check(cache, platform.getVersion(), kind());
    }

    private String kind() {
        return platform.getFlavor() + "-" + platform.getClassifier();
    }

    private Path library(String place, String name, String unpacked) throws IOException {
        String path =
                place.replace("CLASSIFIER", platform.getClassifier()).replace("FLAVOR", platform.getFlavor()) + name;
        Path file = Files.createDirectories(cache.resolve(platform.getVersion() + "-" + kind()))
                .resolve(unpacked);
        try (InputStream in = Objects.requireNonNull(NativeCacheTest.class.getResourceAsStream(path), path)) {
            Files.copy(in, file);
        }
        return file;
    }
}
