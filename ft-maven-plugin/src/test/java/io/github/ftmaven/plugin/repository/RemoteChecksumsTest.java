package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteChecksumsTest {
    private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    @TempDir
    Path directory;

    private Optional<String> read(String content) throws IOException {
        return RemoteChecksums.read(Files.writeString(directory.resolve("a.jar.sha1"), content), 40);
    }

    @Test
    void readsWhatToolsWrite() throws IOException {
        assertThat(read(SHA1)).contains(SHA1);
        assertThat(read(SHA1.toUpperCase(Locale.ROOT) + "\n")).contains(SHA1);
        assertThat(read(SHA1 + "  a.jar\n")).contains(SHA1);
        assertThat(read(SHA1 + " *a.jar\r\n")).contains(SHA1);
        assertThat(read("SHA1(a.jar)= " + SHA1 + "\n")).contains(SHA1);
    }

    @Test
    void whatIsNoChecksumIsNone() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("<html><body>404: not here</body></html>")).isEmpty();
        assertThat(read(SHA1.substring(1))).isEmpty();
        assertThat(read(SHA1 + "0")).isEmpty();
        assertThat(read("<a href='blob-" + SHA1 + ".html'>")).isEmpty();
    }
}
