package io.github.ftmaven.plugin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedOutputTest {
    private static final int LIMIT = 1000;

    @TempDir
    Path directory;

    @Test
    void keepsAllThatFits() throws Exception {
        BoundedOutput output = output("one\ntwo\n\n");
        assertThat(directory.resolve("log")).hasContent("one\ntwo\n\n");
        assertThat(output.lastLine()).isEqualTo("two");
    }

    @Test
    void keepsBeginningAndEnd() throws Exception {
        BoundedOutput output = output("first\n" + "x".repeat(1 << 20) + "\nlast\u001b[2J\n");
        String log = Files.readString(directory.resolve("log"));
        assertThat(log).startsWith("first\nxxx").contains("bytes left out]").endsWith("xxx\nlast\u001b[2J\n");
        assertThat(log.length()).isLessThan(LIMIT + (1 << 16) + 100);
        assertThat(output.lastLine()).isEqualTo("last\uFFFD[2J");
    }

    @Test
    void losesNothingBetweenBeginningAndEnd() throws Exception {
        String text = "y".repeat(LIMIT + (1 << 16));
        output(text);
        assertThat(Files.readString(directory.resolve("log"))).isEqualTo(text);
    }

    @Test
    void hasNoLastLineOfNothing() throws Exception {
        assertThat(output("").lastLine()).isEmpty();
    }

    private BoundedOutput output(String text) {
        BoundedOutput output = new BoundedOutput(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), directory.resolve("log"), LIMIT);
        output.run();
        return output;
    }
}
