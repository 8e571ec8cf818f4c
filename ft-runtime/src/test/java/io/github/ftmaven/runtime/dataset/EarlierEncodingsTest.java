package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.chat.Fixtures;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierEncodingsTest {
    private static final BaseModel BASE = new BaseModel(Fixtures.tokenizer("words"), 512, 400, List.of());

    private final TestSpec spec = new TestSpec();
    private final List<String> messages = new ArrayList<>();

    @TempDir
    Path project;

    @BeforeEach
    void write() throws IOException {
        spec.put("dataset.train", List.of("train.jsonl"));
        spec.put("dataset.validation", List.of("validation.jsonl"));
        spec.put("dataset.test", List.of("test.jsonl"));
        spec.set("dataset.checks.fewExamples: off");
        data("train.jsonl", """
                {"prompt": "Where is my card?", "completion": "card arrival"}
                {"prompt": "Where is it?", "completion": "<s>here"}
                {"prompt": "Was my payment declined?", "completion": "declined payment"}
                """);
        data("validation.jsonl", "{\"prompt\": \"Is it here?\", \"completion\": \"card arrival\"}\n");
        data("test.jsonl", "{\"prompt\": \"My card was lost.\", \"completion\": \"card lost\"}\n");
    }

    private void data(String name, String rows) throws IOException {
        Files.writeString(project.resolve(name), rows);
    }

    private void run(String output, String encoding) {
        messages.clear();
        DatasetStage.run(
                spec.spec(),
                project,
                new ProjectPaths(project),
                BASE,
                project.resolve(output),
                encoding,
                messages::add,
                DatasetProgress.NONE);
    }

    /** Rows moved, one changed, one is new, and one came from the other split. */
    private void change() throws IOException {
        data("train.jsonl", """
                {"prompt": "Was my payment declined?", "completion": "declined payment"}
                {"prompt": "Is it here?", "completion": "card arrival"}
                {"prompt": "Where is my card?", "completion": "card lost"}
                {"prompt": "Where is it?", "completion": "<s>here"}
                """);
        data("validation.jsonl", "{\"prompt\": \"Was it lost?\", \"completion\": \"card lost\"}\n");
    }

    private void assertSame(String output, String other) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(output).resolve("dataset"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(8)
                    .allSatisfy(name -> assertThat(
                                    project.resolve(output).resolve("dataset").resolve(name))
                            .hasSameBinaryContentAs(
                                    project.resolve(other).resolve("dataset").resolve(name)));
        }
    }

    private boolean reusesAny() {
        return messages.stream().anyMatch(message -> message.startsWith("tokens of "));
    }

    @Test
    void givesTheSameFilesAsEncodingEveryRow() throws IOException {
        run("out", "one way");
        assertThat(reusesAny()).isFalse();
        change();
        run("out", "one way");
        assertThat(messages).last().isEqualTo("tokens of 2 rows are those of the last build, for the same texts");
        run("fresh", "one way");
        assertSame("out", "fresh");

        run("out", "one way");
        assertThat(messages).last().isEqualTo("tokens of 5 rows are those of the last build, for the same texts");
        assertSame("out", "fresh");
    }

    @Test
    void encodesEveryRowIfItIsEncodedInAnotherWay() throws IOException {
        run("out", "one way");
        run("out", "another way");
        assertThat(reusesAny()).isFalse();
        run("fresh", "another way");
        assertSame("out", "fresh");
    }

    @Test
    void leavesNoEncodingsThatTheTokensAreNotOf() throws IOException {
        run("out", "one way");
        messages.clear();
        DatasetStage.run(spec.spec(), project, new ProjectPaths(project), BASE, project.resolve("out"), messages::add);
        assertThat(project.resolve("out/dataset/train.encodings")).doesNotExist();
        assertThat(reusesAny()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "encodings"})
    void encodesEveryRowIfAFileChanged(String kind) throws IOException {
        run("fresh", "one way");
        Path file = project.resolve("out/dataset/train." + kind);
        for (int i = 0; i < Files.size(project.resolve("fresh/dataset/train." + kind)); i++) {
            run("out", "one way");
            byte[] bytes = Files.readAllBytes(file);
            bytes[i] ^= 1;
            Files.write(file, bytes);
            run("out", "one way");
            assertThat(messages)
                    .as("byte " + i)
                    .last()
                    .isEqualTo("tokens of 1 row are those of the last build, for the same texts"); // of validation
            i += 12;
        }
        Files.write(file, new byte[0]);
        run("out", "one way");
        assertThat(messages).last().asString().startsWith("tokens of 1 row ");
        assertSame("out", "fresh");
    }

    /** Some templates need a sequence for each answer of a conversation. */
    @Test
    void findsEverySequenceOfARow() throws IOException {
        Random random = new Random(5);
        List<Example> examples = new ArrayList<>();
        List<List<EncodedConversation>> encoded = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            examples.add(new Example(
                    "data.jsonl:" + (i + 1), List.of(new Message(Role.ASSISTANT, Integer.toString(i % 2_000)))));
            encoded.add(i < 2_000 ? encoded(random) : encoded.get(i - 2_000));
        }
        Path tokens = project.resolve("train.tokens");
        Path encodings = project.resolve("train.encodings");
        try (SplitFiles files =
                new SplitFiles(new SplitFiles.Paths(project.resolve("rows"), tokens, encodings), 100_000, "a way")) {
            for (int i = 0; i < examples.size(); i++) {
                Example each = examples.get(i);
                files.write(each, each.source(), EncodingsFile.digest(each), encoded.get(i), i % 3 == 0);
            }
            files.end();
        }
        try (Scratch scratch = new Scratch(project);
                EarlierEncodings earlier = EarlierEncodings.open(tokens, encodings, "a way", Integer.BYTES, scratch)) {
            for (int i = 0; i < 2_000; i++) {
                EarlierEncodings.Row row =
                        earlier.find(EncodingsFile.digest(examples.get(i))).orElseThrow();
                assertThat(row.altered()).isEqualTo(i % 3 == 0);
                assertThat(row.encoded()).usingRecursiveComparison().isEqualTo(encoded.get(i));
            }
            assertThat(earlier.find(EncodingsFile.digest(new Example("a", List.of()))))
                    .isEmpty();
        }
    }

    private static List<EncodedConversation> encoded(Random random) {
        List<EncodedConversation> encoded = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int length = 2 + random.nextInt(30);
            BitSet learnt = new BitSet();
            learnt.set(1, length);
            int start = random.nextInt(length);
            encoded.add(new EncodedConversation(
                    new TokenSequence(random.ints(length, 0, 100_000).toArray(), learnt),
                    start,
                    Math.min(length, start + 1),
                    random.nextInt(3),
                    random.nextBoolean()));
        }
        return encoded;
    }

    @Test
    void tellsRowsApart() {
        Message answer = new Message(Role.ASSISTANT, "a");
        assertThat(List.of(
                        EncodingsFile.digest(new Example("x", List.of(answer))),
                        EncodingsFile.digest(new Example("x", List.of(answer.learnt(false)))),
                        EncodingsFile.digest(new Example("x", List.of(new Message(Role.USER, "a")))),
                        EncodingsFile.digest(new Example("x", List.of(answer, answer)))))
                .doesNotHaveDuplicates();
        assertThat(EncodingsFile.digest(new Example("x", List.of(answer))))
                .isEqualTo(EncodingsFile.digest(new Example("y", List.of(answer))));
    }
}
