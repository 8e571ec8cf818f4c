package io.github.ftmaven.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final int LONG = 3_000_000; // elements, more than the heap gets

    @TempDir
    Path directory;

    @Test
    void keepsShortColumnsOnTheHeap() {
        try (Scratch scratch = new Scratch(directory.resolve("none"))) {
            Scratch.Longs longs = scratch.longs(1_000);
            longs.set(999, Long.MIN_VALUE);
            assertThat(longs.get(999)).isEqualTo(Long.MIN_VALUE);
            assertThat(longs.get(0)).isZero();
            assertThat(scratch.ints(0)).isNotNull();
        }
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void keepsLongColumnsInAFileThatGoes() {
        Scratch.Ints ints;
        Scratch.Longs longs;
        try (Scratch scratch = new Scratch(directory)) {
            ints = scratch.ints(LONG);
            longs = scratch.longs(LONG);
            assertThat(ints.get(LONG - 1)).isZero();
            IntStream.range(0, LONG).parallel().forEach(i -> {
                ints.set(i, ~i);
                longs.set(i, (long) i << 32 | 7);
            });
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(IntStream.range(0, LONG).allMatch(i -> ints.get(i) == ~i && longs.get(i) == ((long) i << 32 | 7)))
                .isTrue();
    }
}
