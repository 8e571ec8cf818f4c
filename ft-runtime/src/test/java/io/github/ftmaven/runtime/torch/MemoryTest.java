package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    /** Linux's MemFree leaves out what only caches files. */
    @Test
    void countsWhatTheSystemGivesBack() throws IOException {
        Path meminfo = directory.resolve("meminfo");
        Files.writeString(meminfo, """
                MemTotal:       25165824 kB
                MemFree:          524288 kB
                MemAvailable:   20971520 kB
                Buffers:           12345 kB
                """);
        assertThat(FreeMemory.ofMachine(meminfo, 24 * GIB, GIB / 2)).isEqualTo(20 * GIB);
        assertThat(FreeMemory.ofMachine(meminfo, 8 * GIB, 3 * GIB))
                .as("in a container of 8 GiB")
                .isEqualTo(3 * GIB);
        assertThat(FreeMemory.ofMachine(directory.resolve("none"), 24 * GIB, 5 * GIB))
                .as("on another system")
                .isEqualTo(5 * GIB);
        Files.writeString(meminfo, "MemTotal: 25165824 kB\n");
        assertThat(FreeMemory.ofMachine(meminfo, 24 * GIB, 5 * GIB))
                .as("an old kernel")
                .isEqualTo(5 * GIB);
    }

    @Test
    void knowsTheMachine() {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            assertThat(arena.freeMemory()).isBetween(64L << 20, 1L << 50);
            arena.emptyCache();
        }
    }

    @Test
    void tellsALackOfMemoryFromOtherErrors() {
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            EngineException lack = catchThrowableOfType(EngineException.class, () -> arena.zeros(1L << 48));
            assertThat(OutOfMemoryException.of(lack))
                    .isInstanceOf(OutOfMemoryException.class)
                    .hasMessage("this machine has no memory for 1,048,576.00 GiB more")
                    .hasCause(lack);
            EngineException other = new EngineException("The size of tensor a (3) must match the size of tensor b (4)");
            assertThat(OutOfMemoryException.of(other)).isSameAs(other);
        }
        assertThat(OutOfMemoryException.of(new EngineException(
                        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of"
                                + " 139.81 GiB of which 1.20 GiB is free.")))
                .hasMessage("the GPU has no memory for 2.00 GiB more");
    }
}
