package io.github.ftmaven.runtime.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputDigestsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("request.json"), "{}");
        Files.writeString(
                directory.resolve(InputDigests.FILE), InputDigests.line(Digests.sha256("{}"), "request.json"));
    }

    @Test
    void acceptsWhatIsWhole() {
        assertThatCode(() -> InputDigests.verify(directory)).doesNotThrowAnyException();
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(directory.resolve("request.json"));
        assertThatThrownBy(() -> InputDigests.verify(directory))
                .isInstanceOf(UnusableException.class)
                .hasMessage(
                        directory.resolve("request.json") + ": is missing. Copy the whole directory of the request.");
    }

    @Test
    void saysWhichFileWasCutOff() throws IOException {
        Files.writeString(directory.resolve("request.json"), "{");
        assertThatThrownBy(() -> InputDigests.verify(directory))
                .isInstanceOf(UnusableException.class)
                .hasMessage(
                        directory.resolve("request.json") + ": is not what the build put there, or was cut off on its"
                                + " way. Copy the directory of the request again.");
    }
}
