package io.github.ftmaven.runtime.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresJsonTest {
    private static final String GOLDEN = """
            {
              "formatVersion": 1,
              "testDigest": "%s",
              "artifactDigest": "%s",
              "providers": [
                {
                  "provider": "tuned",
                  "metrics": {
                    "accuracy": 0.5,
                    "macro-f1": 0.3333333333333333
                  },
                  "items": [
                    {"id":"t:1","expected":"yes","answer":"yes","scores":{"accuracy":1.0}},
                    {"id":"t:2","expected":"né\\n\\"😀\\"","answer":"","scores":{"accuracy":0.0}}
                  ]
                },
                {
                  "provider": "base",
                  "metrics": {
                    "accuracy": 0.0
                  },
                  "items": [
                    {"id":"t:1","expected":"yes","answer":"no","scores":{"accuracy":0.0}},
                    {"id":"t:2","expected":"né\\n\\"😀\\"","answer":"</script>","scores":{}}
                  ]
                }
              ]
            }
            """.formatted(SampleScores.TEST_DIGEST, SampleScores.ARTIFACT_DIGEST);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("new/scores.json");
    }

    @Test
    void writesOneItemALineWithSortedKeys() throws IOException {
        ScoresJson.write(file, scores("macro-f1", "accuracy"));
        assertThat(file).hasContent(GOLDEN);
        assertThat(Files.readString(file)).endsWith("}\n").doesNotContain("\r");
    }

    @Test
    void sameScoresGiveSameBytesWhateverTheOrderOfTheirMaps() throws IOException {
        ScoresJson.write(file, scores("macro-f1", "accuracy"));
        byte[] first = Files.readAllBytes(file);
        ScoresJson.write(file, scores("accuracy", "macro-f1"));
        assertThat(file).hasBinaryContent(first);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Scores scores = scores("accuracy", "macro-f1");
        ScoresJson.write(file, scores);
        assertThat(ScoresJson.read(file)).isEqualTo(scores);
    }

    @Test
    void replacesTheOldFileAndLeavesNothingElse() throws IOException {
        ScoresJson.write(file, SampleScores.accuracy(0, 1));
        ScoresJson.write(file, SampleScores.accuracy(0, 0.5));
        assertThat(file.getParent()).isDirectoryContaining(f -> f.equals(file));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(ScoresJson.read(file)).isEqualTo(SampleScores.accuracy(0, 0.5));
    }

    @Test
    void refusesAMissingFile() {
        assertRefused("no such file");
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectories(file);
        assertRefused("cannot be read");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        write("");
        assertRefused("the file is empty");
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        ScoresJson.write(file, scores("accuracy", "macro-f1"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ScoresJson.read(file)).isInstanceOf(InvalidInputException.class);
        }
        assertRefused("the file is cut off in the middle");
    }

    @Test
    void refusesWhatIsNotJsonWithItsPosition() throws IOException {
        write("{\n  'a': 1}");
        assertRefused("scores.json:2:");
        assertRefused("not valid JSON: Unexpected character");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "formatVersion": 1,                | "formatVersion": 2,                  | formatVersion is 2, but this plugin reads 1
            "formatVersion": 1,                | "formatVersion": "1",                | formatVersion is "1"
            "formatVersion": 1,                | ``                                   | formatVersion is missing
            "formatVersion": 1,                | "formatVersion": 1, "extra": 0,      | the file has an unknown key "extra"
            "formatVersion": 1,                | "formatVersion": 1, "formatVersion": 1, | not valid JSON: Duplicate field
            "accuracy": 0.5                    | "accuracy": NaN                      | tuned: accuracy is NaN, but a score is a number from 0 to 1
            "accuracy": 0.5                    | "accuracy": 1e999                    | tuned: accuracy is Infinity
            "accuracy": 0.5                    | "accuracy": -Infinity                | tuned: accuracy is -Infinity
            "accuracy": 0.5                    | "accuracy": 1.0000001                | tuned: accuracy is 1.0000001
            "accuracy": 0.5                    | "accuracy": -0.1                     | tuned: accuracy is -0.1
            "accuracy": 0.5                    | "accuracy": "0.5"                    | accuracy in metrics of providers[0] is not a number
            "accuracy": 0.5                    | "accuracy": null                     | accuracy in metrics of providers[0] is not a number
            "scores":{"accuracy":1.0}| "scores":{"accuracy":2}| t:1: accuracy is 2.0
            "scores":{"accuracy":1.0}| "scores":[1.0]| scores of providers[0].items[0] is not an object
            "answer":"yes",                   | ``                                   | providers[0].items[0] lacks answer
            "answer":"yes",                   | "answer":1,                         | answer of providers[0].items[0] is not a text
            "id":"t:1"                        | "id":"t:9"                          | item 1 is t:9 for tuned but t:1 for base
            "expected":"yes"                  | "expected": "no"                     | item t:1 expects different answers from tuned and base
            "provider": "base"                 | "provider": "tuned"                  | provider tuned appears twice
            "testDigest": "01                  | "testDigest": "0G                    | testDigest is "0G
            """)
    void refusesAChangeOf(String from, String to, String message) throws IOException {
        assertThat(GOLDEN).contains(from);
        int at = GOLDEN.indexOf(from);
        write(GOLDEN.substring(0, at) + to + GOLDEN.substring(at + from.length()));
        assertRefused(message);
    }

    @Test
    void refusesMissingItems() throws IOException {
        int second = GOLDEN.lastIndexOf(",\n        {\"id\":\"t:2\"");
        write(GOLDEN.substring(0, second) + GOLDEN.substring(GOLDEN.indexOf('\n', second + 2)));
        assertRefused("tuned answered 2 items but base 1");
    }

    @Test
    void refusesItemsInAnotherOrder() throws IOException {
        write(GOLDEN.replaceFirst("t:1", "x").replaceFirst("t:2", "t:1").replaceFirst("\"x\"", "\"t:2\""));
        assertRefused("item 1 is t:2 for tuned but t:1 for base");
    }

    @Test
    void refusesNoItemsAndNoProviders() throws IOException {
        write(GOLDEN.replaceAll("\"items\": \\[[^]]*]", "\"items\": []"));
        assertRefused("tuned has no items, so nothing was measured");
        write(GOLDEN.replaceAll("(?s)\"providers\": \\[.*]", "\"providers\": []"));
        assertRefused("there are no providers, so nothing was measured");
    }

    @Test
    void refusesOtherJsonAndTrailingText() throws IOException {
        write("[]");
        assertRefused("not a JSON object");
        write(GOLDEN + "{}");
        assertRefused("not valid JSON: Trailing token");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> ScoresJson.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .hasMessageEndingWith(". Run the evaluation again (ft:evaluate).");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Scores scores(String... order) {
        Map<String, Double> all = Map.of("accuracy", 0.5, "macro-f1", 1 / 3.0);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String metric : order) {
            metrics.put(metric, all.get(metric));
        }
        String odd = "né\n\"😀\"";
        return SampleScores.of(
                new ProviderScores(
                        ProviderScores.TUNED,
                        metrics,
                        List.of(
                                new ItemScore("t:1", "yes", "yes", Map.of("accuracy", 1.0)),
                                new ItemScore("t:2", odd, "", Map.of("accuracy", 0.0)))),
                new ProviderScores(
                        ProviderScores.BASE,
                        Map.of("accuracy", 0.0),
                        List.of(
                                new ItemScore("t:1", "yes", "no", Map.of("accuracy", 0.0)),
                                new ItemScore("t:2", odd, "</script>", Map.of()))));
    }
}
