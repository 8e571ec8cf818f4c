package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {
    private static final String LINE =
            "{\"source\":\"t:1\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}";

    @TempDir
    Path directory;

    private DatasetStore store(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        SplitReport split = new SplitReport(
                1,
                new SplitReport.Lengths(9, 2, 8, 9.5, 3),
                4,
                new SplitReport.Encoding(5, 6, 7, 10),
                Digests.sha256(bytes));
        DatasetStore store = new DatasetStore(directory);
        try (DatasetStore.Draft draft = store.draft(9, null)) {
            draft.commit(new DatasetReport(split, split, split, 0, List.of(), List.of(), List.of("found: 1")));
        }
        for (Split each : Split.values()) {
            Files.write(directory.resolve("dataset").resolve(each.fileName()), bytes);
        }
        return store;
    }

    @Test
    void writesTheKeysOfASplitSideBySide() throws IOException {
        DatasetStore store = store(LINE + "\n");
        assertThat(Files.readString(directory.resolve("dataset/dataset.json"))).startsWith("""
                {
                  "train" : {
                    "rows" : 1,
                    "tokens" : 9,
                    "supervisedTokens" : 2,
                    "longest" : 8,
                    "meanTokens" : 9.5,
                    "longestAnswer" : 3,
                    "dropped" : 4,
                    "separateAnswers" : 5,
                    "alteredAnswers" : 6,
                    "severalSequences" : 7,
                    "rewrittenPrompts" : 10,
                    "sha256" : "\
                """);
        SplitReport train = store.report().train();
        assertThat(train.lengths()).isEqualTo(new SplitReport.Lengths(9, 2, 8, 9.5, 3));
        assertThat(train.encoding()).isEqualTo(new SplitReport.Encoding(5, 6, 7, 10));
    }

    @Test
    void namesALineThatIsNotAnExample() throws IOException {
        assertThat(store(LINE + "\n").read(Split.TRAIN)).hasSize(1);
        for (String line : List.of(
                "null",
                "{\"source\":\"t:2\"}",
                LINE.replace("\"source\":\"t:1\",", ""),
                LINE.replace("\"user\"", "\"users\""),
                LINE.replace("\"b\"", "null"),
                LINE.substring(1))) {
            assertThatThrownBy(() -> store(LINE + "\n" + line + "\n").read(Split.TEST))
                    .as(line)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(directory.resolve("dataset/test.jsonl")
                            + ": line 2 is not an example. Run ft:dataset again.");
        }
    }

    @Test
    void aReportWithoutASplitIsNone() throws IOException {
        DatasetStore store = store(LINE);
        Path report = directory.resolve("dataset/dataset.json");
        Files.writeString(report, Files.readString(report).replace("\"test\" :", "\"tests\" :"));
        assertThatThrownBy(store::report)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(report + ": is not a dataset report. Run ft:dataset again.");
        Files.writeString(report, "{\"train\": null}");
        assertThatThrownBy(store::report).isInstanceOf(InvalidInputException.class);
    }
}
