package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.drift.DatasetChange;
import io.github.ftmaven.runtime.drift.DatasetChange.Side;
import io.github.ftmaven.runtime.drift.ExampleDigests;
import io.github.ftmaven.runtime.drift.ExampleDigests.Digest;
import io.github.ftmaven.runtime.drift.FingerprintBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EveryLocale
class DatasetChangeFilesTest {
    @Test
    void thePageAndTheJsonSayTheSame(@TempDir Path directory) throws IOException {
        DatasetChange change = DatasetChange.of(
                "the last <build>",
                side(30, 10, new ExampleDigests(List.of(new Digest(1, 1), new Digest(2, 2)), List.of())),
                side(20, 20, new ExampleDigests(List.of(new Digest(1, 3), new Digest(4, 4)), List.of())));
        DatasetChange unknown = DatasetChange.of("it:a:1.0", side(30, 10, null), side(30, 10, null));
        DatasetChangeFiles.write(directory, List.of(change, unknown));
        String page = Files.readString(directory.resolve("changes.html"));
        assertThat(page)
                .contains("<h2>Since the last &lt;build&gt;</h2>")
                .contains("<tr><td>training and validation<td class=\"n\">1<td class=\"n\">1<td class=\"n\">1</tr>")
                .contains("<td class=\"n\">75.0 %<td class=\"n\">50.0 %<td class=\"n\">-25.0</tr>")
                .contains("It carries no digests of its rows");
        assertThat(Files.readString(directory.resolve("changes.json")))
                .contains("\"since\": \"the last <build>\"")
                .contains("\"before\": 0.75")
                .contains("Since it:a:1.0: the rows cannot be compared, because it carries no digests of them; drift"
                        + " 0.00.");
    }

    private static Side side(int a, int b, @Nullable ExampleDigests examples) {
        FingerprintBuilder builder = new FingerprintBuilder(Set.of("a", "b"));
        for (int i = 0; i < a + b; i++) {
            builder.add(List.of("a question"), i < a ? "a" : "b");
        }
        return new Side(builder.build(List.of()), examples);
    }
}
