package io.github.ftmaven.runtime.hosted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterArchiveTest {
    private static final byte[] CONFIG = "{\"r\": 4}".getBytes(UTF_8);
    private static final byte[] WEIGHTS = new byte[70_000];

    static {
        for (int i = 0; i < WEIGHTS.length; i++) {
            WEIGHTS[i] = (byte) ((i * 31) >> 3);
        }
    }

    @TempDir
    Path directory;

    private int files;

    private Path unpack(byte[] content) throws IOException {
        return unpack(content, "adapter");
    }

    private Path unpack(byte[] content, String name) throws IOException {
        Path target = Files.createDirectory(directory.resolve("out" + files++));
        Path file = Files.write(directory.resolve("file"), content);
        new AdapterArchive("the adapter", target, 80_000).unpack(file, name);
        return target;
    }

    private static Map<String, byte[]> files(String prefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(prefix + "README.md", "x".getBytes(UTF_8));
        files.put(prefix + "adapter_model.safetensors", WEIGHTS);
        files.put(prefix + "adapter_config.json", CONFIG);
        return files;
    }

    @Test
    void takesTheTwoFilesOutOfEveryArchive() throws IOException {
        byte[] tar = Archives.tar(files("checkpoint-6/" + "long/".repeat(25)));
        for (byte[] archive : new byte[][] {
            Archives.zip(files("a/")), tar, Archives.gzip(tar), Archives.zstd(tar), Archives.tar(files(""))
        }) {
            Path target = unpack(archive);
            assertThat(target.resolve("adapter_model.safetensors")).hasBinaryContent(WEIGHTS);
            assertThat(target.resolve("adapter_config.json")).hasBinaryContent(CONFIG);
            assertThat(target.toFile().list()).hasSize(2);
        }
    }

    /** Made by GNU tar 1.34 in its own format and that of POSIX, whose names are long, with zstd 1.5 and gzip. */
    @Test
    void readsWhatTheUsualProgramsPack() throws IOException {
        for (String name : new String[] {"gnu.tar.zst", "pax.tar.zst", "pax.tar.gz"}) {
            Path target = unpack(Files.readAllBytes(TestModels.resource("/hosted/" + name)));
            assertThat(target.resolve("adapter_model.safetensors")).hasBinaryContent(WEIGHTS);
            assertThat(target.resolve("adapter_config.json")).hasBinaryContent(CONFIG);
        }
    }

    @Test
    void takesPlainFiles() throws IOException {
        byte[] safetensors = Arrays.copyOf(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'}, 20);
        assertThat(unpack(safetensors).resolve("adapter_model.safetensors")).hasBinaryContent(safetensors);
        assertThat(unpack(CONFIG, "1-adapter_config.json").resolve("adapter_config.json"))
                .hasBinaryContent(CONFIG);
    }

    @Test
    void refusesWhatIsNoAdapter() {
        refused(
                "{\"error\": 1}".getBytes(UTF_8),
                "is neither an archive (zip, tar, tar.gz, tar.zst) nor safetensors, but"
                        + " begins with '{\"error\": 1}'.");
        refused(
                new byte[0],
                "is neither an archive (zip, tar, tar.gz, tar.zst) nor safetensors, but begins with nothing:"
                        + " it is empty.");
        refused(
                "<html>\n".getBytes(UTF_8),
                "is neither an archive (zip, tar, tar.gz, tar.zst) nor safetensors, but begins" + " with '<html>.'.");
    }

    @Test
    void refusesHalfAFile() throws IOException {
        byte[] tar = Archives.tar(files("a/"));
        for (byte[] whole : new byte[][] {tar, Archives.gzip(tar), Archives.zstd(tar), Archives.zip(files("a/"))}) {
            for (int length : new int[] {whole.length / 2, whole.length * 3 / 4}) {
                assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, length)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageMatching("the adapter (ends early or is damaged|is a damaged archive).*");
            }
        }
    }

    @Test
    void refusesWhatWouldLeaveTheDirectory() throws IOException {
        for (String name : new String[] {"../adapter_config.json", "/etc/adapter_config.json", "a/../../x", "C:\\x"}) {
            String message = "holds an entry outside of the archive's own directory. Do not use it.";
            refused(Archives.tar(Map.of(name, CONFIG)), message);
            refused(Archives.zip(Map.of(name, CONFIG)), message);
        }
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        Archives.entry(link, "adapter_config.json", '2', new byte[0]);
        refused(link.toByteArray(), "holds adapter_config.json as a link. Do not use it.");
    }

    @Test
    void refusesTwoAdapters() throws IOException {
        Map<String, byte[]> two = files("a/");
        two.putAll(files("b/"));
        refused(Archives.tar(two), "holds more than one adapter_model.safetensors, so there is more than one adapter.");
    }

    @Test
    void boundsWhatItUnpacks() throws IOException {
        Map<String, byte[]> large = Map.of("adapter_model.safetensors", new byte[90_000]);
        String message = "holds adapter_model.safetensors of more than 80000 bytes, the most that such an adapter can"
                + " have. Do not use it.";
        refused(Archives.zstd(Archives.tar(large)), message);
        refused(Archives.gzip(Archives.tar(large)), message);
        refused(Archives.zip(large), message);
    }

    private void refused(byte[] content, String message) {
        assertThatThrownBy(() -> unpack(content))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the adapter " + message);
    }
}
