package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassagesTest {
    @TempDir
    private Path directory;

    @Test
    void findsWhatSharesRareWords() throws IOException {
        Files.writeString(
                directory.resolve("a.md"),
                "# Cards\n\nA lost card is blocked at once.\nA new one is sent.\n\n \n\nA card can be frozen.\r\n\r\nFees are low.\n");
        Files.writeString(directory.resolve("b.txt"), "The exchange rate is that of the day.");
        try (Passages passages = Passages.read(directory, List.of("*.md", "b.txt"))) {
            assertThat(passages.find("I lost my card!", 2))
                    .containsExactly("A lost card is blocked at once.\nA new one is sent.", "A card can be frozen.");
            assertThat(passages.find("Which RATE?", 3)).containsExactly("The exchange rate is that of the day.");
            assertThat(passages.find("zebra", 3)).isEmpty();
            assertThat(passages.find("?!", 3)).isEmpty();
        }
    }

    @Test
    void needsText() throws IOException {
        Files.writeString(directory.resolve("a.md"), " \n\n ");
        assertThatThrownBy(() -> Passages.read(directory, List.of("a.md")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("evaluation.baselines: the passages contain no text.");
        assertThatThrownBy(() -> Passages.read(directory, List.of("none.md")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none.md");
    }
}
