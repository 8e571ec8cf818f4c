package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipContentTest {
    @TempDir
    Path directory;

    @Test
    void refusesWhatUnpacksToFarMoreThanItIs() throws IOException {
        Path jar = directory.resolve("bomb.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/lora/g/a/adapter_model.safetensors"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> PackagedAdapter.open(jar, "bomb.jar").close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bomb.jar: would unpack to more than ")
                .hasMessageEndingWith(" MiB, which is implausible for an archive of this size. Do not use it.");
    }

    @Test
    void refusesAnEntryThatIsLongerThanTheDirectorySays() throws IOException {
        Path jar = AdapterJars.write(directory.resolve("a.jar"), Map.of("README.md", "12345678"));
        byte[] bytes = Files.readAllBytes(jar);
        int central = lastIndexOf(bytes, new byte[] {'P', 'K', 1, 2});
        bytes[central + 24] = 3; // the size without compression
        Files.write(jar, bytes);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            assertThatThrownBy(() -> adapter.read("README.md"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("a.jar: ");
        }
    }

    @Test
    void refusesNamesThatDifferByCaseOnly() throws IOException {
        Path jar = AdapterJars.write(directory.resolve("a.jar"), Map.of("README.md", "1", "readme.md", "2"));
        assertThatThrownBy(() -> PackagedAdapter.open(jar, "a.jar").close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" twice, if case is ignored.");
    }

    @Test
    void refusesControlCharactersInNames() throws IOException {
        Path jar = AdapterJars.write(directory.resolve("a.jar"), Map.of("a\0.json", "1"));
        assertThatThrownBy(() -> PackagedAdapter.open(jar, "a.jar").close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a.jar: ");
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
