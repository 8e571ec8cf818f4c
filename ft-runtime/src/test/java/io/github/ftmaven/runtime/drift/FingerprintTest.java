package io.github.ftmaven.runtime.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.DatasetProfile.LabelCount;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.drift.DatasetChange.Side;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.spec.Sameness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    private static final QuestionDigest DIGEST = new QuestionDigest(Sameness.NORMALIZED);

    @Test
    void wordsAreRunsOfLettersInAnyCase() {
        assertThat(Words.of("The Lessee's 2nd NOTICE, i.e. §4!"))
                .containsExactly("the", "lessee", "s", "2nd", "notice", "i", "e", "4");
        assertThat(Words.of("条款：保密 ABC")).containsExactly("条", "款", "保", "密", "abc");
        assertThat(Words.of("Füße ﬁx")).containsExactly("füsse", "fix");
        assertThat(Words.of(" \n!?")).isEmpty();
    }

    @Test
    void longerTextsAreInLaterBins() {
        int last = -1;
        for (int words = 0; words < 70_000; words++) {
            int bin = LengthBins.of(words);
            assertThat(bin).isBetween(last, last + 1);
            last = bin;
        }
        assertThat(LengthBins.of(31)).isEqualTo(31);
        assertThat(LengthBins.of(63)).isLessThan(LengthBins.of(64));
        assertThat(LengthBins.of(Integer.MAX_VALUE)).isEqualTo(LengthBins.SIZE - 1);
    }

    @Test
    void theJsonReadsBack(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("t.jsonl"), "a");
        DatasetFingerprint dataset = new DatasetFingerprint(labels("a", "b"), DIGEST);
        for (int i = 0; i < 50; i++) {
            dataset.train(row("t.jsonl:" + i, "question " + i % 7, i % 3 == 0 ? "a" : "b"));
        }
        dataset.test(row("t.jsonl:99", "another", "a"));
        Fingerprint fingerprint = dataset.fingerprint(Map.of("t.jsonl", file));
        ObjectNode json = FingerprintJson.json(fingerprint);
        assertThat(json.path("rows").asInt()).isEqualTo(50);
        assertThat(json.path("labels").toString()).isEqualTo("{\"a\":17,\"b\":33}");
        assertThat(json.path("files").toString())
                .isEqualTo("[{\"file\":\"t.jsonl\",\"rows\":51,\"sha256\":\"" + Digests.sha256(file) + "\"}]");
        assertThat(json.path("lengths").path("question").asText()).isEqualTo("2:50");
        byte[] bytes = JsonFile.bytes(json);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("question 1");
        Fingerprint again = FingerprintJson.parse("f", bytes, "Again.");
        assertThat(JsonFile.bytes(FingerprintJson.json(again))).isEqualTo(bytes);
        ExampleDigests digests = dataset.examples();
        assertThat(ExampleDigests.parse("e", digests.bytes(), "Again.").bytes()).isEqualTo(digests.bytes());
        assertThat(digests.learnt()).hasSize(50);
        assertThat(digests.test()).hasSize(1);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() throws IOException {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(row("t:" + i, "what about " + i % 11, "answer " + i % 2));
        }
        byte[] first = digests(rows);
        Collections.shuffle(rows, new Random(3));
        assertThat(digests(rows)).isEqualTo(first);
    }

    @Test
    void whatIsNoFingerprintIsSaid() {
        assertThatThrownBy(() -> FingerprintJson.parse("f.json", "{}".getBytes(StandardCharsets.UTF_8), "Do it again."))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("f.json: not a fingerprint of a dataset: its format is not 1, the one that this version"
                        + " reads. Do it again.");
        assertThatThrownBy(() -> ExampleDigests.parse("e.bin", new byte[30], "Do it again."))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("e.bin: not digests of examples, or cut off. Do it again.");
        assertThatThrownBy(() -> Counts.parse("3:1 2:1", 10)).hasMessage("\"2:1\" is not a count of one of 10 bins");
    }

    @Test
    void changedRowsHaveTheSameQuestionAndAnotherAnswer() throws IOException {
        List<Example> before = List.of(
                row("t:1", "one", "a"),
                row("t:2", "two", "a"),
                row("t:3", "three", "b"),
                row("t:4", "four", "b"),
                row("t:5", "twice", "a"),
                row("t:6", "twice", "a"));
        List<Example> after = List.of(
                row("t:9", "Three!", "b"),
                row("t:1", " one", "b"),
                row("t:4", "five", "b"),
                row("t:5", "six", "a"),
                row("t:2", "two", "a"),
                row("t:6", "twice", "a"));
        DatasetChange change = DatasetChange.of(
                "the last build", side(before, List.of()), side(after, List.of(row("x:1", "test", "a"))));
        assertThat(change.learnt()).isEqualTo(new Difference(2, 2, 1));
        assertThat(change.test()).isEqualTo(new Difference(1, 0, 0));
        assertThat(change.line())
                .startsWith("Since the last build: 2 added, 2 removed, 1 changed; of the test rows 1 added, 0 removed,"
                        + " 0 changed; label share of ")
                .contains("a 67 % -> 50 %")
                .contains("b 33 % -> 50 %");
        DatasetChange none = DatasetChange.of("it:a:1.0", side(before, List.of()), side(before, List.of()));
        assertThat(none.isNone()).isTrue();
        assertThat(none.line()).isEqualTo("Since it:a:1.0: no row added, removed or changed; drift 0.00.");
    }

    /** Sizes follow from the difference, and so does the way back. */
    @Test
    void differencesAddUp() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            List<Example> before = random(random);
            List<Example> after = random(random);
            Difference difference = difference(before, after);
            assertThat(before.size() - difference.removed() + difference.added())
                    .isEqualTo(after.size());
            Difference back = difference(after, before);
            assertThat(back.added()).isEqualTo(difference.removed());
            assertThat(back.removed()).isEqualTo(difference.added());
            assertThat(back.changed()).isEqualTo(difference.changed());
        }
    }

    @Test
    void aSystemMessageChangesNoRow() throws IOException {
        Example plain = row("t:1", "one", "a");
        Example told = new Example(
                "t:1",
                List.of(
                        new Message(Role.SYSTEM, "Be brief."),
                        new Message(Role.USER, "one"),
                        new Message(Role.ASSISTANT, "a")));
        assertThat(digests(List.of(plain))).isEqualTo(digests(List.of(told)));
    }

    @Test
    void driftFollowsLabelsLengthsAndWords() throws IOException {
        List<Example> base = new ArrayList<>();
        List<Example> labels = new ArrayList<>();
        List<Example> lengths = new ArrayList<>();
        List<Example> words = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String question = "please tell us about clause" + " " + "section ".repeat(i % 9);
            base.add(row("t:" + i, question, i % 2 == 0 ? "a" : "b"));
            labels.add(row("t:" + i, question, i % 10 == 0 ? "a" : "b"));
            lengths.add(row("t:" + i, question + "section ".repeat(6), i % 2 == 0 ? "a" : "b"));
            words.add(row(
                    "t:" + i, "do explain my invoice" + " " + "item ".repeat(i % 9) + "now", i % 2 == 0 ? "a" : "b"));
        }
        Fingerprint reference = side(base, List.of()).fingerprint();
        Drift same = Drift.of(reference, reference);
        assertThat(same.parts()).extracting(Drift.Part::value).containsOnly(0.0);
        assertThat(moved(reference, labels)).isEqualTo(List.of(Drift.LABELS));
        assertThat(moved(reference, lengths)).isEqualTo(List.of(Drift.LENGTHS));
        assertThat(moved(reference, words)).isEqualTo(List.of(Drift.VOCABULARY));
    }

    private static List<String> moved(Fingerprint reference, List<Example> rows) throws IOException {
        return Drift.of(reference, side(rows, List.of()).fingerprint()).parts().stream()
                .filter(part -> part.beyondChance() > 0.25)
                .map(Drift.Part::name)
                .toList();
    }

    private static List<Example> random(Random random) {
        List<Example> rows = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            rows.add(row("t:" + i, "question " + random.nextInt(4), random.nextBoolean() ? "a" : "b"));
        }
        return rows;
    }

    private static Side side(List<Example> train, List<Example> test) throws IOException {
        DatasetFingerprint dataset = new DatasetFingerprint(labels("a", "b"), DIGEST);
        train.forEach(dataset::train);
        test.forEach(dataset::test);
        return new Side(dataset.fingerprint(Map.of()), dataset.examples());
    }

    private static byte[] digests(List<Example> train) throws IOException {
        return Objects.requireNonNull(side(train, List.of()).examples()).bytes();
    }

    private static Difference difference(List<Example> before, List<Example> after) throws IOException {
        return Objects.requireNonNull(DatasetChange.of("x", side(before, List.of()), side(after, List.of()))
                .learnt());
    }

    private static List<LabelCount> labels(String... labels) {
        return List.of(labels).stream()
                .map(label -> new LabelCount(label, 1, 0, 0))
                .toList();
    }

    private static Example row(String source, String question, String answer) {
        return new Example(source, List.of(new Message(Role.USER, question), new Message(Role.ASSISTANT, answer)));
    }
}
