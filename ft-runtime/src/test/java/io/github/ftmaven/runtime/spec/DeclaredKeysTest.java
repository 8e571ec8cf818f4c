package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredKeysTest {
    @TempDir
    Path directory;

    @Test
    void namesWhatTheFileSets() throws IOException {
        Path file = Files.writeString(
                directory.resolve("s.yaml"), "base: {model: m}\ntraining:\n  seed: 42\n  optimizer: adamw\n");
        assertThat(DeclaredKeys.of(file))
                .containsExactly("base", "base.model", "training", "training.optimizer", "training.seed");
        assertThat(DeclaredKeys.of(Files.writeString(directory.resolve("e.yaml"), "")))
                .isEmpty();
    }
}
