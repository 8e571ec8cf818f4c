package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    @TempDir
    Path directory;

    private String describe(int exitCode) {
        return WorkerExit.describe(
                "train", exitCode, directory.resolve("hs_err_pid1.log"), directory.resolve("train.log"), "train.log");
    }

    @Test
    void quotesTheLastLineOfALogThatNoMemoryHolds() throws IOException {
        try (RandomAccessFile log =
                new RandomAccessFile(directory.resolve("train.log").toFile(), "rw")) {
            log.setLength(3L << 30); // takes no room on the disk
            log.seek(log.length());
            log.write("\nlibtorch: out of memory\n\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(describe(1))
                .isEqualTo("The worker of ft:train ended with exit code 1: libtorch: out of memory."
                        + " Its log is train.log.");
    }

    @Test
    void quotesNothingOfAnEmptyLog() throws IOException {
        assertThat(describe(1)).isEqualTo("The worker of ft:train ended with exit code 1. Its log is train.log.");
        Files.writeString(directory.resolve("train.log"), "\n \n");
        assertThat(describe(1)).isEqualTo("The worker of ft:train ended with exit code 1. Its log is train.log.");
    }
}
