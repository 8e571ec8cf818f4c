package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Over;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryJsonTest {
    private static final String TRAINING = """
            {"steps": 315, "seconds": 199.5, "tokensPerSecond": 21000.25, "supervisedTokens": 123456,
             "peakMemoryBytes": 800000000, "finalLoss": 0.0123, "device": "cpu"}""";

    @TempDir
    Path directory;

    @Test
    void writesTheDocumentedFormat() throws IOException {
        Scores scores = SampleScores.of(
                SampleScores.provider("tuned", Map.of("macro-f1", 2 / 3.0, "accuracy", 0.75)),
                SampleScores.provider("base", Map.of("accuracy", 0.5, "macro-f1", 0.0)));
        List<Rule> rules =
                List.of(new Rule(Metric.ACCURACY, 0.9, null, null), new Rule(Metric.MACRO_F1, null, Over.BASE, 0.05));
        Path file = directory.resolve("ft/summary.json");
        SummaryJson.write(
                file,
                new Summary(
                        "clause-triage",
                        scores,
                        Gate.check(rules, scores),
                        null,
                        training(TRAINING, false),
                        new ArtifactFile("target/clause-triage-1.0.jar", 10, SampleScores.ARTIFACT_DIGEST)));
        assertThat(Files.readString(file)).isEqualTo("""
                        {
                          "formatVersion": 1,
                          "name": "clause-triage",
                          "verdict": "FAIL",
                          "metrics": {
                            "tuned": {
                              "accuracy": 0.75,
                              "macro-f1": 0.6666666666666666
                            },
                            "base": {
                              "accuracy": 0.5,
                              "macro-f1": 0.0
                            }
                          },
                          "rules": [
                            {
                              "metric": "accuracy",
                              "value": 0.75,
                              "bound": 0.9,
                              "verdict": "FAIL",
                              "message": "accuracy is 0.7500, below the minimum 0.90."
                            },
                            {
                              "metric": "macro-f1",
                              "over": "base",
                              "value": 0.666666666667,
                              "bound": 0.05,
                              "verdict": "PASS",
                              "message": "macro-f1 gains 0.6666 over base (0.0000 to 0.6666), at least the minimum gain 0.05."
                            }
                          ],
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
                        """.formatted(SampleScores.ARTIFACT_DIGEST));
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
                        Gate.check(List.of(), scores),
                        ReleasedAdapter.none(ReleasedAdapter.State.FIRST_RELEASE, "it is the first."),
                        training,
                        new ArtifactFile("a", 1, "0")));
        assertThat(file)
                .content()
                .contains("\"state\": \"first-release\",\n    \"reason\": \"it is the first.\"")
                .contains("\"verdict\": \"PASS\"", "\"rules\": []", "\"peakMemoryBytes\": null", "\"skipped\": true");
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
        assertThat(ArtifactFile.of(directory.resolve("elsewhere"), jar).path()).isEqualTo("a.jar");
    }

    private TrainingSummary training(String json, boolean skipped) throws IOException {
        return TrainingSummary.read(Files.writeString(directory.resolve("training.json"), json), skipped);
    }
}
