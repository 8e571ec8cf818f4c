package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code dataset/dataset.json}, and the files whose digests it has. */
class DatasetReportFuzzTest extends FuzzedReader {
    private static final byte[] LINES =
            "{\"source\":\"t:1\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                    .getBytes(StandardCharsets.UTF_8);

    DatasetReportFuzzTest() {
        super("dataset-report");
    }

    @Override
    protected List<byte[]> seeds() {
        String split = String.format(Locale.ROOT, """
                {"rows": 1, "tokens": 9, "supervisedTokens": 2, "longest": 9, "meanTokens": 9.0, "longestAnswer": 2,
                 "dropped": 0, "separateAnswers": 0, "alteredAnswers": 0, "severalSequences": 0, "rewrittenPrompts": 0,
                 "sha256": "%s", "tokensSha256": ""}""", Digests.sha256(LINES));
        return List.of(String.format(Locale.ROOT, """
                {"train": %s, "validation": %s, "test": %s, "overlapDropped": 1,
                 "distilled": [{"teacher": "big", "server": "localhost", "rows": 1}], "notes": ["a note"],
                 "checks": ["found: 1"]}""", split, split, split).getBytes(StandardCharsets.UTF_8), LINES);
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path dataset = Files.createDirectories(directory.resolve("dataset"));
        DatasetStore store = new DatasetStore(directory);
        boolean lines = new String(input, StandardCharsets.ISO_8859_1).contains("\"messages\"");
        byte[] report = seeds().get(0);
        Files.write(
                dataset.resolve("dataset.json"),
                lines
                        ? new String(report, StandardCharsets.UTF_8)
                                .replace(Digests.sha256(LINES), Digests.sha256(input))
                                .getBytes(StandardCharsets.UTF_8)
                        : input);
        for (Split split : Split.values()) {
            Files.write(dataset.resolve(split.fileName()), lines ? input : LINES);
        }
        store.report().warnings();
        for (Split split : Split.values()) {
            store.read(split);
        }
    }
}
