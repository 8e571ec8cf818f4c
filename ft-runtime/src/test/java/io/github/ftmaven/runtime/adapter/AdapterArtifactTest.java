package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterArtifactTest {
    @TempDir
    Path directory;

    @Test
    void unpacksTheOneAdapter() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", new byte[0]);
        entries.put("META-INF/lora/com.acme/triage/", new byte[0]);
        for (String name : new String[] {PeftAdapter.CONFIG, PeftAdapter.WEIGHTS}) {
            entries.put(
                    "META-INF/lora/com.acme/triage/" + name,
                    Files.readAllBytes(TestModels.tinyLlamaAdapter().resolve(name)));
        }
        Path unpacked = directory.resolve("work/adapter");
        AdapterArtifact.unpack(jar(entries), "target/a.jar", unpacked);
        assertThat(PeftAdapter.read(unpacked, "target/a.jar", TestModels.tinyArchitecture()))
                .isEqualTo(PeftAdapter.read(TestModels.tinyLlamaAdapter(), "golden", TestModels.tinyArchitecture()));
        assertThat(unpacked.resolve("MANIFEST.MF")).doesNotExist();
    }

    @Test
    void refusesAJarWithoutOneAdapter() throws IOException {
        assertRefused(Map.of("x", new byte[0]), "must hold one adapter under META-INF/lora/, but holds none.");
        assertRefused(
                Map.of("META-INF/lora/g/a/x", new byte[0], "META-INF/lora/g/b/x", new byte[0]),
                "must hold one adapter under META-INF/lora/, but holds g:a and g:b.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/lora/g/a/../../../../evil",
                "META-INF/lora/g/a/..",
                "META-INF/lora/g/a/.",
                "META-INF/lora/g/a/../file",
                "META-INF/lora/g/a/..\\evil",
                "META-INF/lora/g/a/sub/sub/file",
                "META-INF/lora/evil"
            })
    void writesNothingForAnEntryThatIsNotAFileOfAnAdapter(String name) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/lora/g/a/x", new byte[0]);
        entries.put(name, new byte[] {1});
        assertRefused(entries, "the entry " + name + " is not a file of an adapter:");
        assertThat(directory.resolve("unpacked")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoJar() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jar"), "no zip");
        assertRefused(file, "not a jar: ");
        Files.delete(file);
        assertRefused(file, "no such file.");
    }

    private Path jar(Map<String, byte[]> entries) throws IOException {
        Path jar = directory.resolve("a.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    private void assertRefused(Map<String, byte[]> entries, String message) throws IOException {
        assertRefused(jar(entries), message);
    }

    private void assertRefused(Path jar, String message) {
        assertThatThrownBy(() -> AdapterArtifact.unpack(jar, "target/a.jar", directory.resolve("unpacked")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("target/a.jar: " + message);
    }
}
