package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TimeZone;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressForbidden("the time zone is put back")
class AdapterJarTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void isTheSameToTheByteWhereverAndInWhateverOrder() throws Exception {
        Path config = Files.writeString(directory.resolve("config"), "{}");
        Path first = directory.resolve("target/first.jar");
        Path second = directory.resolve("target/second.jar");

        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        AdapterJar.of("g:a").add("b", config).add("a", bytes("x")).write(first, TIME);
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        AdapterJar.of("g:a").add("a", bytes("x")).add("b", config).write(second, TIME);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(directory.resolve("target")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void storesTheFilesOfTheAdapterUnderItsCoordinates() throws Exception {
        Path jar = directory.resolve("a.jar");
        AdapterJar.of("com.acme:triage")
                .add("fine-tune.yaml", bytes("base: x"))
                .add("adapter_model.safetensors", bytes("weights"))
                .write(jar, TIME);

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "META-INF/MANIFEST.MF",
                            "META-INF/lora/com.acme/triage/adapter_model.safetensors",
                            "META-INF/lora/com.acme/triage/fine-tune.yaml");
            ZipEntry weights = zip.getEntry("META-INF/lora/com.acme/triage/adapter_model.safetensors");
            assertThat(weights.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(weights.getTimeLocal()).isEqualTo("2026-01-31T12:00:00");
            assertThat(zip.getInputStream(weights).readAllBytes()).isEqualTo(bytes("weights"));
        }
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            assertThat(in.getManifest().getMainAttributes().getValue("Created-By"))
                    .isEqualTo("ft-maven-plugin");
        }
    }

    @Test
    void writesAZipWithoutAManifest() throws Exception {
        Path zip = directory.resolve("a.zip");
        AdapterJar.zip("merged/").add("config.json", bytes("{}")).write(zip, TIME);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName)).containsExactly("merged/config.json");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
