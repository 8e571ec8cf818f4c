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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresJsonTest {
    private static final String GOLDEN =
            String.format(Locale.ROOT, """
            {
              "formatVersion": 2,
              "artifactDigest": "%s",
              "sets": [
                {
                  "name": "test",
                  "digest": "%s",
                  "providers": [
                    {
                      "provider": "tuned",
                      "metrics": {
                        "accuracy": 0.5,
                        "macro-f1": 0.3333333333333333
                      },
                      "items": [
                        {"id":"t:1","expected":"yes","answer":"yes","scores":{"accuracy":1.0},"metadata":{"channel":"mail","group":"7"}},
                        {"id":"t:2","expected":"né\\n\\"😀\\"","answer":"","scores":{"accuracy":0.0},"metadata":{}}
                      ]
                    },
                    {
                      "provider": "base",
                      "metrics": {
                        "accuracy": 0.0
                      },
                      "items": [
                        {"id":"t:1","expected":"yes","answer":"no","scores":{"accuracy":0.0},"metadata":{"channel":"mail","group":"7"}},
                        {"id":"t:2","expected":"né\\n\\"😀\\"","answer":"</script>","scores":{},"metadata":{}}
                      ]
                    }
                  ]
                }
              ]
            }
            """, SampleScores.ARTIFACT_DIGEST, SampleScores.TEST_DIGEST);

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
    void halfCharactersAreKept() throws IOException {
        // As a model that ends in the middle of a character leaves them: they must not make two items one.
        char high = 0xD83D;
        char low = 0xDE00;
        List<ItemScore> items = List.of(
                new ItemScore("t:" + high, low + "x", "a" + high + " b" + high + low, Map.of("accuracy", 0.0)),
                new ItemScore("t:" + low, "y", "" + high, Map.of("accuracy", 0.0)));
        Scores scores = SampleScores.of(new ProviderScores("tuned", Map.of("accuracy", 0.0), items));
        ScoresJson.write(file, scores);
        assertThat(ScoresJson.read(file)).isEqualTo(scores);
        assertThat(file).content().contains("a\\ud83d b" + high + low).doesNotContain("?");
    }

    @Test
    void saysWhatIsMissingAndWhy() throws IOException {
        ScoreSet test = SampleScores.accuracy(0, 1).test();
        ScoreSet.Missing missing = new ScoreSet.Missing("released", "perplexity", "it has other tokens");
        Scores scores = new Scores(
                SampleScores.ARTIFACT_DIGEST,
                List.of(new ScoreSet(test.name(), test.digest(), test.providers(), List.of(missing))));
        ScoresJson.write(file, scores);
        assertThat(ScoresJson.read(file)).isEqualTo(scores);
        assertThat(scores.test().whyMissing("released", "perplexity")).hasValue("it has other tokens");
        assertThat(scores.providers()).doesNotContain("released");
        assertThat(scores.knows("released")).isTrue();
        String whole = Files.readString(file);
        write(whole.replace("\"reason\": \"it has other tokens\"", "\"why\": 1"));
        assertRefused("sets[0].missing[0] has an unknown key \"why\"");
        write(whole.replace("\"metric\": \"perplexity\"", "\"metric\": \"accuracy\"")
                .replace("\"provider\": \"released\"", "\"provider\": \"base\""));
        assertRefused("the accuracy of base is both measured and missing");
    }

    @Test
    void saysWhichItemsAreCopiesAndHowManyQuestionsThereAre() throws IOException {
        ProviderScores tuned = SampleScores.answers("tuned", 4, i -> true);
        List<ItemScore> items = Copies.mark(tuned.items(), List.of("a", "a", "b", "a"));
        Scores scores = SampleScores.of(new ProviderScores("tuned", tuned.metrics(), items));
        ScoresJson.write(file, scores);
        assertThat(ScoresJson.read(file)).isEqualTo(scores);
        String whole = Files.readString(file);
        assertThat(whole).contains("\"items\": 4").contains("\"questions\": 2").contains("\"copyOf\":\"t:0\"");
        write(whole.replace("\"questions\": 2", "\"questions\": 4"));
        assertRefused("sets[0] has 4 items that ask 2 questions, but records a different number");
        write(whole.replace("\"copyOf\":\"t:0\"", "\"copyOf\":\"t:9\""));
        assertRefused("item t:1 is a copy of t:9, which is not an earlier item, or is itself a copy");
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
        assertRefused("not valid JSON: a single quote where a key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "formatVersion": 2,                | "formatVersion": 1,                  | formatVersion is 1, but this plugin reads 2
            "formatVersion": 2,                | "formatVersion": "2",                | formatVersion is "2"
            "formatVersion": 2,                | ``                                   | formatVersion is missing
            "formatVersion": 2,                | "formatVersion": 2, "extra": 0,      | the file has an unknown key "extra"
            "formatVersion": 2,                | "formatVersion": 2, "formatVersion": 2, | not valid JSON: duplicate key 'formatVersion'
            "accuracy": 0.5                    | "accuracy": NaN                      | tuned: accuracy is NaN, but a score must be a finite number
            "accuracy": 0.5                    | "accuracy": 1e999                    | tuned: accuracy is Infinity
            "accuracy": 0.5                    | "accuracy": -Infinity                | tuned: accuracy is -Infinity
            "accuracy": 0.5                    | "accuracy": "0.5"                    | accuracy in metrics of sets[0].providers[0] is not a number
            "accuracy": 0.5                    | "accuracy": null                     | accuracy in metrics of sets[0].providers[0] is not a number
            "scores":{"accuracy":1.0}| "scores":{"accuracy":NaN}| t:1: accuracy is NaN
            "scores":{"accuracy":1.0}| "scores":[1.0]| scores of sets[0].providers[0].items[0] is not an object
            "answer":"yes",                   | ``                                   | sets[0].providers[0].items[0] lacks answer
            "answer":"yes",                   | "answer":1,                         | answer of sets[0].providers[0].items[0] is not a text
            "id":"t:1"                        | "id":"t:9"                          | item 1 is t:9 for tuned but t:1 for base
            "expected":"yes"                  | "expected": "no"                     | item t:1 expects different answers from tuned and base
            "provider": "base"                 | "provider": "tuned"                  | provider tuned appears twice
            "digest": "01                      | "digest": "0G                        | digest of the set test is "0G
            "artifactDigest": "fe              | "artifactDigest": "0G                | artifactDigest is "0G
            "name": "test"                     | "name": "other"                      | the first set is not "test", so nothing was measured
            "group":"7"                       | "group":"8"                         | item t:1 has different metadata for tuned and base
            "group":"7"                       | "group":7                           | group of metadata of sets[0].providers[0].items[0] is not a text
            "metadata":{}                     | "metadata":[]                       | metadata of sets[0].providers[0].items[1] is not an object
            """)
    void refusesAChangeOf(String from, String to, String message) throws IOException {
        assertThat(GOLDEN).contains(from);
        int at = GOLDEN.indexOf(from);
        write(GOLDEN.substring(0, at) + to + GOLDEN.substring(at + from.length()));
        assertRefused(message);
    }

    @Test
    void refusesMissingItems() throws IOException {
        int second = GOLDEN.lastIndexOf(",\n            {\"id\":\"t:2\"");
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
        write(GOLDEN.replaceAll("(?s)\"providers\": \\[.*]\n    }", "\"providers\": []\n    }"));
        assertRefused("the set test has no providers, so nothing was measured");
    }

    @Test
    void refusesOtherJsonAndTrailingText() throws IOException {
        write("[]");
        assertRefused("not a JSON object");
        write(GOLDEN + "{}");
        assertRefused("not valid JSON: more text follows the end of the value");
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
        Map<String, String> said = Map.of("group", "7", "channel", "mail");
        String odd = "né\n\"😀\"";
        return SampleScores.of(
                new ProviderScores(
                        ProviderScores.TUNED,
                        metrics,
                        List.of(
                                new ItemScore("t:1", "yes", "yes", Map.of("accuracy", 1.0), said),
                                new ItemScore("t:2", odd, "", Map.of("accuracy", 0.0)))),
                new ProviderScores(
                        ProviderScores.BASE,
                        Map.of("accuracy", 0.0),
                        List.of(
                                new ItemScore("t:1", "yes", "no", Map.of("accuracy", 0.0), said),
                                new ItemScore("t:2", odd, "</script>", Map.of()))));
    }

    @Test
    void refusesAMetricOfTwoSetsAndASetTwice() {
        ScoreSet test = SampleScores.accuracy(0, 1).test();
        ScoreSet again = new ScoreSet("capitals", test.digest(), test.providers());
        assertThatThrownBy(() -> new Scores(SampleScores.ARTIFACT_DIGEST, List.of(test, again)))
                .hasMessage("the metric accuracy is in the set test and in capitals");
        assertThatThrownBy(() -> new Scores(SampleScores.ARTIFACT_DIGEST, List.of(test, test)))
                .hasMessage("the set test appears twice");
    }
}
