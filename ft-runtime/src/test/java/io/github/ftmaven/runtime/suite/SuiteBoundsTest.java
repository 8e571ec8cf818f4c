package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite of a few lines asks for no more rows, threads or memory than there are. */
class SuiteBoundsTest {
    private static final String START = "prompts: ['{{a}}']\nproviders: [echo]\n";

    @TempDir
    private Path directory;

    @Test
    void listsOfValuesDoNotExplode() throws IOException {
        StringBuilder vars = new StringBuilder();
        for (char name = 'a'; name <= 'z'; name++) {
            vars.append(name).append(": [x, y, z], ");
        }
        assertRefused(
                START + "tests: [{vars: {" + vars + "}, assert: [{type: is-json}]}]\n",
                "s.yaml:3:9: with this test, which runs 2,541,865,828,329 times because of its lists, its"
                        + " repetitions, providers and prompts, the suite exceeds the limit of 200,000 rows."
                        + " Shorten the lists, or split the suite.");
    }

    @Test
    void repetitionsCount() throws IOException {
        String many = "[" + "x, ".repeat(100) + "x]";
        assertRefused(
                START + "tests: [{vars: {a: " + many + "}, options: {repeat: 9000}, assert: [{type: is-json}]}]\n",
                "which runs 909,000 times");
        assertRefused(
                START + "tests: [{vars: {a: x}, options: {repeat: 1000000000}, assert: [{type: is-json}]}]\n",
                "s.yaml:3:34: options.repeat must be a whole number from 1 to 10000, not 1000000000.");
    }

    @Test
    void optionsOfTheCallerHaveTheSameBounds() {
        SuiteOptions options = new SuiteOptions(
                new JsonMapper().createObjectNode().put("repeat", 1_000_000_000).put("maxConcurrency", 0));
        assertThatThrownBy(options::repeat).hasMessage("ft.repeat is 1000000000, but must be from 1 to 10000.");
        assertThatThrownBy(options::maxConcurrency).hasMessage("ft.maxConcurrency is 0, but must be from 1 to 1000.");
    }

    @Test
    void filesAndPatternsEnd() throws IOException {
        assertRefused(START + "tests: ['*.yaml']\n", "s.yaml includes itself. Name other files here.");
        assertRefused(START + "tests: 'x" + "{a,b}".repeat(20) + ".yaml'\n", "its braces expand to too many patterns");
        assertRefused(START + "tests: '[^].yaml'\n", "the tests [^].yaml do not exist.");
    }

    @Test
    void filesAreNoLargerThanMemory() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("t.csv").toFile(), "rw")) {
            file.setLength(65L << 20);
        }
        assertRefused(START + "tests: t.csv\n", "t.csv: the file has 68157440 bytes; the limit is 67108864. Split it.");
    }

    @Test
    void messagesAreShortAndFew() throws IOException {
        StringBuilder csv = new StringBuilder("a,__expected\n");
        for (int i = 0; i < 5_000; i++) {
            csv.append("x\n");
        }
        Files.writeString(directory.resolve("t.csv"), csv + "x".repeat(270_000) + ",y,\u001b[2J\n");
        Files.writeString(
                directory.resolve("s.yaml"),
                "prompts: ['{{a}}']\nproviders: [echo, " + "k".repeat(270_000) + "]\ntests: t.csv\n");
        assertThatThrownBy(() -> SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of()))
                .satisfies(e -> {
                    assertThat(String.valueOf(e.getMessage()).length()).isLessThan(20_000);
                    assertThat(e.getMessage()).endsWith(" more").doesNotContain("\u001b");
                });
    }

    private void assertRefused(String suite, String message) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), suite);
        assertThatThrownBy(() -> SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }
}
