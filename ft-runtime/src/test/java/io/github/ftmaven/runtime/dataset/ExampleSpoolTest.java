package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleSpoolTest {
    @TempDir
    Path directory;

    /** Short ones, some as long as a read and a buffer, and one that is longer than any. */
    private static Example example(int i) {
        int length = i == 500 ? 5_000_000 : i % 100 == 7 ? 2_000 + i : i % 50;
        return new Example(
                "d.jsonl:" + i,
                List.of(
                        new Message(Role.USER, "\u00e4" + "q".repeat(length) + i),
                        new Message(Role.ASSISTANT, "a" + i).learnt(i % 2 == 0)),
                null,
                Map.of("group", "g" + i % 3));
    }

    @Test
    void givesBackEveryExampleWhileMoreAreAdded() throws IOException {
        List<Example> stored = new ArrayList<>();
        try (ExampleSpool spool = new ExampleSpool(directory)) {
            for (int i = 0; i < 1_000; i++) {
                stored.add(spool.add(example(i)));
                if (i % 10 == 0) {
                    assertThat(stored.get(i / 2)).isEqualTo(example(i / 2));
                    assertThat(stored.get(i)).isEqualTo(example(i));
                }
            }
            IntStream.range(0, 1_000).parallel().forEach(i -> {
                assertThat(stored.get(i)).isEqualTo(example(i));
                assertThat(ExampleLines.line(stored.get(i))).isEqualTo(ExampleLines.line(example(i)));
                assertThat(stored.get(i).weight()).isEqualTo(ExampleLines.line(example(i)).length);
            });
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
