package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPointerTest {
    private static final ModelPointer POINTER = new ModelPointer(
            "OpenAI (x.y)", "https://x.y/v1", "ft:mini::1", "mini", "triage-01", "ftjob-1", "01ab", "2026-01-01", null);

    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        POINTER.write(directory);
        assertThat(ModelPointer.isIn(directory)).isTrue();
        assertThat(ModelPointer.read(directory, "adapter")).isEqualTo(POINTER);
    }

    /** Scores are bound to what was trained. */
    @Test
    void countsAsWhatWasTrained() throws IOException {
        assertThat(digest("1")).isEqualTo(digest("1")).isNotEqualTo(digest("2"));
    }

    private String digest(String job) throws IOException {
        new ModelPointer("OpenAI", "https://x.y/v1", "ft:mini::1", "mini", null, job, "01ab", null, null)
                .write(directory);
        Path jar = directory.resolve("a.jar");
        AdapterJars.write(jar, Map.of(ModelPointer.FILE, Files.readString(directory.resolve(ModelPointer.FILE))));
        return PackagedAdapter.trainedDigest(jar, "a.jar");
    }

    @Test
    void isNoAdapterToLoad() throws IOException {
        POINTER.write(directory);
        assertThatThrownBy(() -> PeftAdapter.read(directory, "a.jar", TestModels.tinyArchitecture()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "a.jar: holds no weights but a pointer: OpenAI (x.y) keeps those of ft:mini::1. Ask it through"
                                + " https://x.y/v1/chat/completions.");
        assertThatThrownBy(() -> PeftAdapter.precision(directory, "a.jar")).hasMessageContaining("but a pointer");
    }

    @Test
    void refusesADamagedOne() throws IOException {
        Path file = directory.resolve(ModelPointer.FILE);
        Files.writeString(file, "{\"formatVersion\": 1, \"service\": \"OpenAI\"}");
        assertThatThrownBy(() -> ModelPointer.read(directory, "adapter"))
                .hasMessage("adapter/pointer.json: has no url. Train again (ft:train).");
        Files.writeString(file, "{\"formatVersion\": 2}");
        assertThatThrownBy(() -> ModelPointer.read(directory, "adapter"))
                .hasMessageContaining("was written by another version of this plugin");
        Files.delete(file);
        assertThatThrownBy(() -> ModelPointer.read(directory, "adapter")).hasMessageContaining("cannot be read");
    }
}
