package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {
    private static final String SPEC = "base: {model: m}\ndataset: {train: a.jsonl, test: b.jsonl}\n";

    @TempDir
    Path directory;

    @Test
    void namesTheFileAsGiven() throws IOException {
        Path file = write("name: 1\n" + SPEC);
        String message = ":1:7: name must be text, not 1; put it in quotes if it is text";
        assertThatThrownBy(() -> SpecReader.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + message);
        assertThatThrownBy(() -> SpecReader.read(file, "src/main/ft/fine-tune.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("src/main/ft/fine-tune.yaml" + message);
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> SpecReader.read(directory.resolve("none.yaml"), "none.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("none.yaml: no such file. Write the spec there.");
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> SpecReader.read(directory, "src"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("src: cannot be read");
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        Path file =
                Files.write(directory.resolve("latin1.yaml"), "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SpecReader.read(file, "latin1.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("latin1.yaml: not UTF-8. Save the file in that encoding.");
    }

    @Test
    void readsAByteOrderMarkAndWindowsLines() throws IOException {
        assertThat(SpecReader.read(write("\uFEFF" + SPEC.replace("\n", "\r\n"))))
                .isEqualTo(SpecReader.read(write(SPEC)));
    }

    @Test
    void countsColumnsInCharacters() throws IOException {
        Path file = write("name: caf\u00e9 \uD83D\uDE00\n" + SPEC + "adapter: {targets: [\"\uD83D\uDE00\", k_proj]}\n");
        assertThatThrownBy(() -> SpecReader.read(file, "f")).hasMessageStartingWith("f:4:21: adapter.targets[0] must");
        Path second = write(SPEC + "artifact: {formats: [peft, \"\uD83D\uDE00\", x]}\n");
        assertThatThrownBy(() -> SpecReader.read(second, "f")).hasMessageContaining("f:3:33: artifact.formats[2]");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("spec.yaml"), text);
    }
}
