package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EveryLocale
class SummaryJsonTest {
    private static final String TRAINING = """
            {"steps": 315, "seconds": 199.5, "tokensPerSecond": 21000.25, "supervisedTokens": 123456,
             "peakMemoryBytes": 800000000, "finalLoss": 0.0123, "device": "cpu"}""";

    @TempDir
    Path directory;

    @Test
    void writesTheDocumentedFormat() throws IOException {
        Scores scores = SampleScores.of(
                SampleScores.answers("tuned", 100, i -> i < 75), SampleScores.answers("base", 100, i -> i < 50));
        List<Rule> rules = List.of(
                Rules.minimum("accuracy", 0.9),
                Rules.where(Rules.gain("accuracy", "base", 0.05), Map.of("lang", "de")),
                Rules.gain("accuracy", "base", 0.24));
        Path file = directory.resolve("ft/summary.json");
        SummaryJson.write(
                file,
                new Summary(
                        "clause-triage",
                        scores,
                        Gate.check(rules, scores, null),
                        null,
                        new MeasuredScores("0f".repeat(32), "1e".repeat(32), false),
                        training(TRAINING, false),
                        new ArtifactFile("target/clause-triage-1.0.jar", 10, SampleScores.ARTIFACT_DIGEST)));
        assertThat(Files.readString(file)).isEqualTo(String.format(Locale.ROOT, """
                        {
                          "formatVersion": 3,
                          "name": "clause-triage",
                          "verdict": "FAIL",
                          "metrics": {
                            "tuned": {
                              "accuracy": 0.75,
                              "macro-f1": 0.8571055381400209
                            },
                            "base": {
                              "accuracy": 0.5,
                              "macro-f1": 0.6666666666666666
                            }
                          },
                          "rules": [
                            {
                              "metric": "accuracy",
                              "kind": "minimum",
                              "items": 100,
                              "value": 0.75,
                              "bound": 0.9,
                              "interval": [
                                0.6728265635678274,
                                0.8140020760405853
                              ],
                              "confidence": 0.95,
                              "verdict": "FAIL",
                              "failsBuild": true,
                              "message": "accuracy is 0.7500, below the minimum 0.90."
                            },
                            {
                              "metric": "accuracy",
                              "where": {
                                "lang": "de"
                              },
                              "over": "base",
                              "against": "base",
                              "kind": "minimumGain",
                              "items": 50,
                              "value": 0.24,
                              "bound": 0.05,
                              "interval": [
                                0.1556670215560803,
                                0.3510262350527802
                              ],
                              "confidence": 0.95,
                              "p": 0.0010902954988856466,
                              "adjustedP": 0.002180590997771293,
                              "verdict": "PASS",
                              "failsBuild": false,
                              "message": "accuracy where lang: de gains 0.2400 over base (0.5200 to 0.7600), at least the minimum gain 0.05."
                            },
                            {
                              "metric": "accuracy",
                              "over": "base",
                              "against": "base",
                              "kind": "minimumGain",
                              "items": 100,
                              "value": 0.25,
                              "bound": 0.24,
                              "interval": [
                                0.1859979239594146,
                                0.32717343643217256
                              ],
                              "confidence": 0.95,
                              "p": 0.44558863956640227,
                              "adjustedP": 0.44558863956640227,
                              "itemsNeeded": 12000,
                              "verdict": "INCONCLUSIVE",
                              "failsBuild": false,
                              "message": "accuracy gains 0.2500 over base (0.5000 to 0.7500), at least the minimum gain 0.24. That may be chance (p = 0.45): 100 items show a difference of 0.1076 from the bound four times in five; about 12,000 items like these would decide. The rule warns."
                            }
                          ],
                          "evaluation": {
                            "key": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                            "scores": "1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e",
                            "skipped": false
                          },
                          "training": {
                            "steps": 315,
                            "seconds": 199.5,
                            "tokensPerSecond": 21000.25,
                            "supervisedTokens": 123456,
                            "peakMemoryBytes": 800000000,
                            "finalLoss": 0.0123,
                            "skipped": false
                          },
                          "artifact": {
                            "path": "target/clause-triage-1.0.jar",
                            "sha256": "%s"
                          }
                        }
                        """, SampleScores.ARTIFACT_DIGEST));
    }

    @Test
    void withoutRulesTheListIsEmptyAndAnUnknownPeakIsNull() throws IOException {
        Scores scores = SampleScores.accuracy(0, 1);
        Path file = directory.resolve("summary.json");
        TrainingSummary training = training(TRAINING.replace("800000000", "null"), true);
        SummaryJson.write(
                file,
                new Summary(
                        "n",
                        scores,
                        Gate.check(List.of(), scores, null),
                        ReleasedAdapter.none(ReleasedAdapter.State.FIRST_RELEASE, "it is the first."),
                        new MeasuredScores("k", "s", true),
                        training,
                        new ArtifactFile("a", 1, "0")));
        assertThat(file)
                .content()
                .contains("\"state\": \"first-release\",\n    \"reason\": \"it is the first.\"")
                .contains(
                        "\"verdict\": \"NOT JUDGED\"",
                        "\"rules\": []",
                        "\"peakMemoryBytes\": null",
                        "\"skipped\": true");
    }

    @Test
    void aServiceDoesNotSayHowWellItLearnt() throws IOException {
        TrainingSummary training = training(
                "{\"steps\": 0, \"seconds\": 2.5, \"supervisedTokens\": 9, \"service\": {\"name\": \"Together\"}}",
                false);
        assertThat(training).isEqualTo(new TrainingSummary(0, 2.5, null, 9, null, null, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"steps\": 315       | \"steps\": 31.5        | steps must be a whole number, at least 0, but is 31.5",
                "\"steps\": 315       | \"steps\": -1          | steps must be a whole number, at least 0, but is -1",
                "\"seconds\": 199.5,  | ''                     | seconds must be a finite number, but is missing",
                "\"finalLoss\": 0.0123| \"finalLoss\": NaN     | finalLoss must be a finite number, but is NaN",
                "800000000            | \"much\"               | peakMemoryBytes must be a whole number",
            })
    void refusesTrainingWith(String from, String to, String message) {
        assertThat(TRAINING).contains(from);
        assertThatThrownBy(() -> training(TRAINING.replace(from, to), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(directory.resolve("training.json") + ": " + message)
                .hasMessageEndingWith(". Run the training again (ft:train).");
    }

    @Test
    void measuresTheArtifact() throws IOException {
        Path jar = Files.writeString(
                Files.createDirectories(directory.resolve("target")).resolve("a.jar"), "abc");
        // The digest is FIPS 180's own example.
        ArtifactFile expected =
                new ArtifactFile("target/a.jar", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(ArtifactFile.of(directory, jar)).isEqualTo(expected);
        assertThat(ArtifactFile.of(directory.resolve("elsewhere"), jar).path()).isEqualTo("../target/a.jar");
    }

    private TrainingSummary training(String json, boolean skipped) throws IOException {
        return TrainingSummary.read(Files.writeString(directory.resolve("training.json"), json), skipped);
    }
}
