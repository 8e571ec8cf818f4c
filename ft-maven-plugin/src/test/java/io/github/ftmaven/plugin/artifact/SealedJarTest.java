package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressForbidden("the time zone is put back")
class SealedJarTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:01Z");

    @TempDir
    Path directory;

    private final TimeZone zone = TimeZone.getDefault();
    private Path jar;

    @BeforeEach
    void jar() throws IOException {
        jar = directory.resolve("a.jar");
        AdapterJar.of("g:a")
                .add("README.md", bytes("# Card\n"))
                .add("adapter_model.safetensors", bytes("weights"))
                .write(jar, TIME);
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void isOpenedToTheBytesItWasSealedFrom() throws IOException {
        byte[] before = Files.readAllBytes(jar);
        seal("one");
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            assertThat(adapter.isSealed()).isTrue();
            assertThat(adapter.read("evaluation/scores.json")).contains(bytes("one"));
        }
        SealedJar.open(jar);
        assertThat(jar).hasBinaryContent(before);
        SealedJar.open(jar);
        assertThat(jar).hasBinaryContent(before);
        assertThat(directory).isDirectoryContaining("glob:**/a.jar").isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void isTheSameToTheByteInEveryTimeZone() throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        seal("one");
        byte[] first = Files.readAllBytes(jar);
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        jar();
        seal("one");
        assertThat(jar).hasBinaryContent(first);
    }

    @Test
    void isLeftAloneWhereItIsSealedSo() throws IOException {
        seal("one");
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(jar, longAgo);
        seal("one");
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(longAgo);
        byte[] first = Files.readAllBytes(jar);
        seal("two");
        assertThat(Files.readAllBytes(jar)).isNotEqualTo(first);
        seal("one");
        assertThat(jar).hasBinaryContent(first);
    }

    @Test
    void isAsItWasWhenSealingFails() throws IOException {
        byte[] before = Files.readAllBytes(jar);
        assertThatThrownBy(() -> SealedJar.seal(jar, adapter -> {
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(jar).hasBinaryContent(before);
        assertThat(directory).isDirectoryNotContaining("glob:**.next");
    }

    private void seal(String scores) throws IOException {
        SealedJar.seal(jar, adapter -> {
            TreeMap<String, byte[]> files = new TreeMap<>();
            files.put("evaluation/scores.json", bytes(scores));
            files.put("README.md", bytes("# Card\n" + PackagedAdapter.CARD_MARK + scores));
            return files;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
