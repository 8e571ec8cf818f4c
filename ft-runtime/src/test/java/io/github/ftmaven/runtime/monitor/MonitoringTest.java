package io.github.ftmaven.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.DatasetProfile.LabelCount;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.drift.DatasetFingerprint;
import io.github.ftmaven.runtime.drift.QuestionDigest;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Sameness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
    private static final List<String> TOPICS =
            List.of("liability", "payment", "notice", "delivery", "warranty", "insurance", "secrecy", "assignment");
    private static final Monitoring.Thresholds USUAL = new Monitoring.Thresholds(0.1, 0.25);

    @TempDir
    Path directory;

    @Test
    void requestsLikeTheTrainingSetAreStable() throws IOException {
        MonitorResult result = monitored(log(1_000, 8, "clause"));
        assertThat(result.verdict()).isEqualTo(MonitorResult.Verdict.STABLE);
        assertThat(result.sentence()).isEqualTo("STABLE: the training set of it:a:1.0 covers these requests.");
        assertThat(result.lines().known()).isEqualTo(1_000);
        assertThat(result.table().get(0))
                .isEqualTo("1,000 requests, compared with the 1,000 training rows of it:a:1.0");
    }

    @Test
    void otherWordsAreTimeToTrainAgain() throws IOException {
        MonitorResult result = monitored(log(1_000, 8, "invoice of my electricity tariff"));
        assertThat(result.verdict()).isEqualTo(MonitorResult.Verdict.RETRAIN);
        assertThat(result.drift().part("vocabulary").orElseThrow().value()).isGreaterThan(0.25);
        assertThat(result.lines().known()).isZero();
        assertThat(result.json().path("verdict").asText()).isEqualTo("retrain");
        assertThat(String.join("\n", result.table())).contains("vocabulary").contains("retrain");
    }

    @Test
    void fewRequestsProveNothing() throws IOException {
        MonitorResult result = monitored(log(8, 8, "clause"));
        assertThat(result.verdict()).isEqualTo(MonitorResult.Verdict.TOO_FEW);
        assertThat(result.sentence())
                .isEqualTo("TOO FEW: with 8 requests, chance alone can move a score past 0.10. Compare more of them.");
    }

    @Test
    void aLogWithoutRequestsIsAnError() throws IOException {
        assertThatThrownBy(() -> monitored(List.of("{\"a\": 1}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The logs hold no request that can be read. The first lines:\nlog.jsonl:1: has no messages,"
                        + " prompt, input, instruction or conversations, alone or under request or body");
    }

    @Test
    void candidatesAreUnlikeTheTrainingSetAndEachOther() throws IOException {
        List<String> lines = new ArrayList<>(log(50, 8, "clause"));
        for (int i = 0; i < 30; i++) {
            lines.add(prompt("why does my electricity tariff rise with order " + i)); // near copies
        }
        lines.add(prompt("cancel the vegetarian breakfast"));
        lines.add("{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"},"
                + " {\"role\": \"user\", \"content\": \"reset forgotten password quickly\"}]}");
        Monitoring monitoring = monitoring(lines);
        Path file = directory.resolve("candidates.jsonl");
        assertThat(monitoring.writeCandidates(file, 3)).isEqualTo(3);
        List<String> rows = Files.readAllLines(file);
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "{\"prompt\":\"why does my electricity tariff rise with order 0\",\"completion\":\"\","
                                + "\"metadata\":{\"origin\":\"ft:monitor\",\"request\":\"log.jsonl:51\"}}",
                        "{\"prompt\":\"cancel the vegetarian breakfast\",\"completion\":\"\","
                                + "\"metadata\":{\"origin\":\"ft:monitor\",\"request\":\"log.jsonl:81\"}}",
                        "{\"prompt\":[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":"
                                + "\"reset forgotten password quickly\"}],\"completion\":[{\"role\":\"assistant\","
                                + "\"content\":\"\"}],\"metadata\":{\"origin\":\"ft:monitor\",\"request\":"
                                + "\"log.jsonl:82\"}}");
        assertThat(monitoring.writeCandidates(file, 100)).isEqualTo(3); // all others are in the training set
    }

    private MonitorResult monitored(List<String> lines) throws IOException {
        return monitoring(lines).result(USUAL);
    }

    private Monitoring monitoring(List<String> lines) throws IOException {
        QuestionDigest digest = new QuestionDigest(Sameness.NORMALIZED);
        DatasetFingerprint training = new DatasetFingerprint(List.<LabelCount>of(), digest);
        for (int i = 0; i < 1_000; i++) {
            training.train(new Example(
                    "t:" + i,
                    List.of(
                            new Message(Role.USER, question(i, 8, "clause")),
                            new Message(Role.ASSISTANT, "an answer"))));
        }
        Monitoring monitoring = new Monitoring(
                new Monitoring.Reference("it:a:1.0", training.fingerprint(Map.of()), training.examples()),
                Sameness.NORMALIZED);
        monitoring.read(Files.write(directory.resolve("log.jsonl"), lines), "log.jsonl");
        return monitoring;
    }

    private static List<String> log(int count, int topics, String what) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(prompt(question(i, topics, what)));
        }
        return lines;
    }

    private static String prompt(String text) {
        return "{\"prompt\": \"" + text + "\"}";
    }

    private static String question(int i, int topics, String what) {
        return "what does this " + what + " say about " + TOPICS.get(i % topics);
    }
}
