package io.github.ftmaven.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void severalMayWriteOneFileAtOnce() throws Exception {
        Path file = directory.resolve("deep/file.json");
        byte[] content = new byte[5000];
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> written = threads.invokeAll(Collections.nCopies(100, () -> {
                AtomicFile.write(file, content);
                return Files.size(file) == content.length;
            }));
            for (Future<Boolean> whole : written) {
                assertThat(whole.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            assertThat(files).containsExactly(file);
        }
    }
}
