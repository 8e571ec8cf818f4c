package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.PublishedGoldens;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Fixtures;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStageTest {
    private static final BaseModel BASE = new BaseModel(Fixtures.tokenizer("words"), 512, 400, List.of());

    private final TestSpec spec = new TestSpec();
    private final List<String> messages = new ArrayList<>();

    @TempDir
    Path project;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(project.resolve("src/data"));
        spec.put("dataset.train", List.of("data/train.jsonl"));
        spec.put("dataset.test", List.of("data/test.jsonl"));
        spec.set("dataset.checks.fewExamples: off");
        data("train.jsonl", """
                {"prompt": "Where is my card?", "completion": "card arrival", "metadata": {"by": "me"}}
                {"prompt": "Was my payment declined?", "completion": "declined payment"}
                {"prompt": "I would like to cancel the payment", "completion": "cancel payment"}
                """);
        data("test.jsonl", "{\"prompt\": \"My card was lost.\", \"completion\": \"card l\u00f6st\"}\n");
    }

    @Test
    void writesOneFormAndItsNumbers() throws IOException {
        spec.put("dataset.validation", 0.3);
        DatasetReport report = run(project.resolve("out"));

        DatasetStore store = new DatasetStore(project.resolve("out"));
        assertThat(store.report()).isEqualTo(report);
        assertThat(Files.readString(project.resolve("out/dataset/test.jsonl")))
                .isEqualTo("{\"source\":\"src/data/test.jsonl:1\",\"messages\":[{\"role\":\"user\",\"content\":"
                        + "\"My card was lost.\"},{\"role\":\"assistant\",\"content\":\"card l\u00f6st\"}]}\n");
        List<Example> train = store.read(Split.TRAIN);
        List<Example> validation = store.read(Split.VALIDATION);
        assertThat(train).hasSize(2);
        assertThat(validation).hasSize(1);
        assertThat(Stream.concat(train.stream(), validation.stream()).map(Example::source))
                .containsExactlyInAnyOrder(
                        "src/data/train.jsonl:1", "src/data/train.jsonl:2", "src/data/train.jsonl:3");
        assertThat(store.read(Split.TEST).get(0).answer()).isEqualTo("card l\u00f6st");

        SplitReport test = report.test();
        assertThat(test.rows()).isEqualTo(1);
        assertThat(test.lengths().longest()).isEqualTo((int) test.lengths().tokens());
        assertThat(test.lengths().meanTokens())
                .isEqualTo((double) test.lengths().tokens());
        assertThat(test.lengths().longestAnswer())
                .isEqualTo((int) test.lengths().supervisedTokens());
        assertThat(report.warnings()).isEmpty();
        assertThat(messages)
                .hasSize(3)
                .last()
                .isEqualTo("test: 1 example, " + test.lengths().tokens() + " tokens, "
                        + test.lengths().supervisedTokens() + " of them to learn, longest "
                        + test.lengths().longest());
    }

    @Test
    void countsTheTrainingRowsThatATeacherAnswered() throws IOException {
        String plain = Files.readString(project.resolve("src/data/train.jsonl"));
        run(project.resolve("plain"));
        String mark =
                ", \"metadata\": {\"origin\": \"distilled\", \"teacher\": \"big\", \"teacherServer\": \"here\"}}\n";
        data(
                "train.jsonl",
                plain.replace("declined payment\"}\n", "declined payment\"" + mark)
                        .replace("cancel payment\"}\n", "cancel payment\"" + mark));
        messages.clear();
        DatasetReport report = run(project.resolve("marked"));
        assertThat(report.distilled()).containsExactly(new Distilled("big", "here", 2));
        assertThat(new DatasetStore(project.resolve("marked")).report()).isEqualTo(report);
        assertThat(messages).last().isEqualTo("2 of 3 training rows were answered by the teacher big (here)");
        assertThat(project.resolve("marked/dataset/train.jsonl"))
                .hasSameBinaryContentAs(project.resolve("plain/dataset/train.jsonl"));

        // Rows that other programs made may be marked as well.
        data(
                "test.jsonl",
                "{\"prompt\": \"Lost?\", \"completion\": \"lost\", \"metadata\": {\"origin\": \"distilled\"}}\n");
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("src/data/test.jsonl:1: a teacher wrote this answer (unknown, by metadata.origin), but the"
                        + " gate's test set cannot be distilled: its score would say how well the teacher is copied."
                        + " Take the row out of dataset.test.");
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        spec.put("dataset.validation", 0.3);
        run(project.resolve("one"));
        run(project.resolve("two"));
        run(project.resolve("two"));
        try (Stream<Path> files = Files.list(project.resolve("one/dataset"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "train.jsonl",
                            "train.tokens",
                            "validation.jsonl",
                            "validation.tokens",
                            "test.jsonl",
                            "dataset.json")
                    .allSatisfy(
                            name -> assertThat(project.resolve("two/dataset").resolve(name))
                                    .hasSameBinaryContentAs(
                                            project.resolve("one/dataset").resolve(name)));
        }
    }

    @Test
    void laysOutTheTokensThatEncodingTheExamplesGives() throws IOException {
        spec.put("dataset.validation", 0.3);
        DatasetReport report = run(project.resolve("out"));
        DatasetStore store = new DatasetStore(project.resolve("out"));
        try (Tokenizer tokenizer = Tokenizer.load(BASE.directory())) {
            ChatFormat format = ChatFormat.of(spec.dataset(), BASE.directory(), tokenizer, List.of());
            for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
                TokenFile tokens = store.tokens(split);
                List<Example> examples = store.read(split);
                assertThat(tokens.size()).isEqualTo(examples.size());
                long all = 0;
                for (int i = 0; i < tokens.size(); i++) {
                    TokenSequence wanted =
                            format.encode(examples.get(i).conversation()).get(0).tokens();
                    assertThat(tokens.tokens(i).ids()).isEqualTo(wanted.ids());
                    assertThat(tokens.tokens(i).supervised()).isEqualTo(wanted.supervised());
                    assertThat(tokens.source(i)).isEqualTo(examples.get(i).source());
                    all += tokens.length(i);
                }
                assertThat(all).isEqualTo(report.split(split).lengths().tokens());
            }
        }
        assertThat(report.test().tokensSha256()).isEmpty();
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            rows.append("{\"prompt\": \"Where is the card number ")
                    .append(i)
                    .append("?\", \"completion\": \"here\"}\n");
        }
        data("train.jsonl", rows.toString());
        List<String> told = new ArrayList<>();
        spec.set("dataset.checks.nearDuplicates: off", "dataset.checks.nearLeaks: off");
        DatasetStage.run(
                spec.spec(),
                project.resolve("src"),
                new ProjectPaths(project),
                BASE,
                project.resolve("out"),
                null,
                messages::add,
                new DatasetProgress() {
                    @Override
                    public void read(long bytes, long of) {
                        told.add(bytes >= 1 << 20 && bytes <= of ? "read" : bytes + " of " + of);
                    }

                    @Override
                    public void encoded(long examples, long of, long tokens) {
                        told.add(examples + " of " + of + (tokens > examples ? "" : ", " + tokens));
                    }
                });
        assertThat(told)
                .startsWith("read", "1024 of 30001")
                .contains("29696 of 30001")
                .endsWith("30000 of 30001", "30001 of 30001");
    }

    @Test
    void noticesAnotherFile() throws IOException {
        DatasetStore store = new DatasetStore(project.resolve("out"));
        assertThatThrownBy(() -> store.read(Split.TRAIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("dataset.json: not found. Run ft:dataset first.");
        run(project.resolve("out"));
        assertThat(store.read(Split.VALIDATION)).isEmpty();
        Files.writeString(project.resolve("out/dataset/test.jsonl"), "");
        assertThatThrownBy(() -> store.read(Split.TEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("does not match dataset.json. Run ft:dataset again.");
    }

    @Test
    void refusesOrDropsLongExamples() throws IOException {
        int longest = run(project.resolve("out")).train().lengths().longest();
        spec.put("dataset.maxLength", longest);
        assertThat(run(project.resolve("out")).train().dropped()).isZero();

        spec.put("dataset.maxLength", longest - 1);
        byte[] before = Files.readAllBytes(project.resolve("out/dataset/train.jsonl"));
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(": is " + longest + " tokens long, but the limit is " + (longest - 1)
                        + " (dataset.maxLength). Shorten it, or set dataset.longExamples: drop");
        assertThat(Files.readAllBytes(project.resolve("out/dataset/train.jsonl")))
                .isEqualTo(before);

        spec.set("dataset.longExamples: drop");
        DatasetReport report = run(project.resolve("out"));
        assertThat(report.train().dropped()).isEqualTo(1);
        assertThat(report.train().rows()).isEqualTo(2);
        assertThat(report.train().lengths().longest()).isLessThan(longest);
        assertThat(report.warnings()).containsExactly("train: rows dropped for their length: 1");
        spec.put("dataset.maxLength", 3);
        assertThatThrownBy(() -> run(project.resolve("out")))
                .hasMessage(
                        "dataset.train: every example is longer than 3 tokens (dataset.maxLength), so none is left.");
        spec.put("dataset.maxLength", 513);
        assertThatThrownBy(() -> run(project.resolve("out")))
                .hasMessage("dataset.maxLength: 513 is more than the 512 tokens for which the base model has"
                        + " positions.");
    }

    @Test
    void namesTheRowThatCannotBeEncoded() throws IOException {
        data("train.jsonl", """
                {"prompt": "a", "completion": "b"}
                {"prompt": "c", "completion": "d</s>"}
                {"prompt": "e", "completion": "f</s>"}
                """);
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("src/data/train.jsonl:2: the answer contains the end token");
    }

    @Test
    void warnsOfWhatDeservesALook() throws IOException {
        data("train.jsonl", """
                {"prompt": "Where is my ca", "completion": "rd"}
                {"prompt": "Where is my ca", "completion": "rd"}
                {"prompt": "My card was lost.", "completion": "x"}
                {"prompt": "a ", "completion": "x"}
                {"prompt": "a", "completion": "<s>x"}
                """);
        spec.set("dataset.template: raw");
        spec.set("dataset.overlap: drop");
        assertThat(run(project.resolve("out")).warnings())
                .containsExactly(
                        "rows dropped because a validation or test row has the same prompt: 1",
                        "train: rows that repeat an earlier row: 1 (src/data/train.jsonl:2 and src/data/train.jsonl:1)",
                        "train: prompts with more than one answer: 1 (src/data/train.jsonl:5 and"
                                + " src/data/train.jsonl:4)",
                        "train: answers that the template or the tokenizer alters, so a model cannot give them"
                                + " exactly: 1 (src/data/train.jsonl:5)",
                        "train: answers that had to be encoded on their own: 2");
    }

    @Test
    void refusesATestWhoseAnswersNoModelCanGive() throws IOException {
        data("test.jsonl", """
                {"prompt": "My card was lost.", "completion": "<s>card lost"}
                {"prompt": "My card was found.", "completion": "card <s>found"}
                """);
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "dataset.test: no model can give any of the expected answers. src/data/test.jsonl:1"
                                + " expects \"<s>card lost\", but if a model gives exactly this answer, it is read as \"card lost\", and every other row has the same problem. The goal ft:render with -Dft.tokens shows what the chat template and the tokenizer do to an answer.");
        assertThat(project.resolve("out/dataset")).isEmptyDirectory();
    }

    @Test
    void refusesToLearnNothing() throws IOException {
        data("train.jsonl", "{\"prompt\": \"My card was lost.\", \"completion\": \"card lost\"}\n");
        spec.set("dataset.overlap: drop");
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no row is left to learn");
    }

    @Test
    void namesColumnsThatNothingReads() throws IOException {
        data("train.csv", "id,instruction,input,output\n1,Where is it?,my card,card arrival\n2,Where?,,lost\n");
        spec.put("dataset.train", List.of("data/train.csv"));
        run(project.resolve("out"));
        assertThat(messages).first().isEqualTo("ignored columns and keys: id");
        assertThat(new DatasetStore(project.resolve("out"))
                        .read(Split.TRAIN)
                        .get(0)
                        .messages()
                        .get(0)
                        .content())
                .isEqualTo("Where is it?\n\nmy card");
    }

    @Test
    void writesNothingIfACheckFails() throws IOException {
        data("train.jsonl", """
                {"prompt": "Where is my card?", "completion": "card arrival"}
                {"prompt": "where is my card", "completion": "card lost"}
                """);
        spec.set("dataset.checks.conflictingAnswers: fail");
        assertThatThrownBy(() -> run(project.resolve("out")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "dataset.checks: 1 check failed.\n  conflictingAnswers: train: prompts with more"
                                + " than one answer: 1 (src/data/train.jsonl:2 and src/data/train.jsonl:1).");
        assertThat(project.resolve("out/dataset")).isEmptyDirectory();
    }

    @Test
    void profilesWithoutWhatIsPersonal() throws IOException {
        data("train.jsonl", """
                {"prompt": "I am jo.doe@acme.io, where is my card?", "completion": "ask jo.doe@acme.io"}
                {"prompt": "Was my payment declined?", "completion": "declined payment"}
                """);
        BaseModel base = new BaseModel(Fixtures.tokenizer("words"), 512, 400, List.of());
        DatasetProfile profile = DatasetStage.run(
                        spec.spec(),
                        project.resolve("src"),
                        new ProjectPaths(project),
                        base,
                        project.resolve("out"),
                        messages::add)
                .profile();
        assertThat(profile.toString()).contains("[e-mail address]").doesNotContain("doe@", "jo.doe");
        assertThat(profile.rendered()).hasSize(2).anySatisfy(example -> {
            assertThat(example.source()).isEqualTo("src/data/train.jsonl:1");
            assertThat(example.parts()).hasSize(2);
            assertThat(example.parts().get(0).learnt()).isFalse();
            assertThat(example.parts().get(0).text()).contains("I am [e-mail address], where is my card?");
            assertThat(example.parts().get(1).learnt()).isTrue();
            assertThat(example.parts().get(1).text())
                    .contains("ask [e-mail address]")
                    .endsWith("</s>");
        });
        assertThat(profile.lengths().get(Split.TRAIN))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.prompt() + each.answer()).isEqualTo(each.whole()));
        spec.set("dataset.overlap: error");
        data("test.jsonl", "{\"prompt\": \"i am jo.doe@acme.io, where is my card\", \"completion\": \"x\"}\n");
        assertThatThrownBy(() -> run(project.resolve("out")))
                .hasMessageContaining("\"i am [e-mail address], where is my card\"")
                .hasMessageNotContaining("jo.doe");
    }

    /** What a published data set has: many labels, texts of several lines, prompts that are in test too. */
    @Test
    void readsATableOfManyLabels() throws IOException {
        StringBuilder train = new StringBuilder("text,category\n");
        for (int row = 0; row < 600; row++) {
            train.append(question(row)).append(',').append(label(row)).append('\n');
        }
        StringBuilder test = new StringBuilder("text,category\r\n");
        for (int row = 600; row < 800; row++) {
            int asked = row % 25 == 0 ? row - 600 : row; // eight are in train
            test.append(question(asked)).append(',').append(label(asked)).append("\r\n");
        }
        data("train.csv", train.toString());
        data("test.csv", test.toString());
        spec.put("dataset.train", List.of("data/train.csv"));
        spec.put("dataset.test", List.of("data/test.csv"));
        spec.put("dataset.columns", Map.of("prompt", "text", "completion", "category"));
        spec.put("dataset.validation", 0.1);
        spec.put("dataset.endToken", "<s>");
        assertThatThrownBy(() -> run(project.resolve("out")))
                .hasMessageContaining("src/data/test.csv:2 is src/data/train.csv:2, ")
                .hasMessageContaining(", and 5 more: the same prompt is in train and in test");

        spec.set("dataset.overlap: drop");
        DatasetReport report = run(project.resolve("out"));
        assertThat(report.overlapDropped()).isEqualTo(8);
        assertThat(report.test().rows()).isEqualTo(200);
        assertThat(report.validation().rows()).isEqualTo(59);
        assertThat(report.train().rows()).isEqualTo(600 - 8 - 59);
        assertThat(report.train().encoding().separateAnswers()).isZero();
        assertThat(report.test().encoding().alteredAnswers()).isZero();
        DatasetStore store = new DatasetStore(project.resolve("out"));
        assertThat(store.read(Split.TEST).get(6)).satisfies(row -> {
            assertThat(row.source()).isEqualTo("src/data/test.csv:10"); // three of the rows before it have two lines
            assertThat(row.prompt().messages().get(0).content()).isEqualTo("Card 606, \"606\"?\nI ask again.");
            assertThat(row.answer()).isEqualTo("label_6");
        });
        Stream<Example> others = Stream.concat(store.read(Split.TRAIN).stream(), store.read(Split.VALIDATION).stream());
        assertThat(others.map(Example::answer).distinct()).hasSize(60);
    }

    private static String question(int row) {
        return row % 3 == 0 ? "\"Card " + row + ", \"\"" + row + "\"\"?\nI ask again.\"" : "Where is card " + row + "?";
    }

    private static String label(int row) {
        return "label_" + row % 60;
    }

    /** {@link #readsATableOfManyLabels} reads our own. */
    @Test
    @Tag("published")
    void readsBanking77() {
        Path data = PublishedGoldens.path("data/banking77");
        Path model = PublishedGoldens.path("models/stories260k");
        spec.put(
                "dataset.train",
                List.of(data.toAbsolutePath().resolve("train.csv").toString()));
        spec.put(
                "dataset.test",
                List.of(data.toAbsolutePath().resolve("test.csv").toString()));
        spec.put("dataset.columns", Map.of("prompt", "text", "completion", "category"));
        spec.put("dataset.validation", 0.1);
        spec.put("dataset.endToken", "<s>");
        BaseModel base = new BaseModel(model, 512, 512, List.of());
        assertThatThrownBy(
                        () -> DatasetStage.run(spec.spec(), data, new ProjectPaths(data), base, project, messages::add))
                .hasMessageContaining(", and 7 more: the same prompt is in train and in test");

        spec.set("dataset.overlap: drop");
        DatasetReport report = DatasetStage.run(spec.spec(), data, new ProjectPaths(data), base, project, messages::add)
                .report();
        assertThat(report.overlapDropped()).isEqualTo(10);
        assertThat(report.test().rows()).isEqualTo(3080);
        assertThat(report.train().rows() + report.validation().rows()).isEqualTo(10003 - 10);
        assertThat(report.validation().rows()).isEqualTo(999);
        assertThat(report.train().encoding().separateAnswers()).isZero();
        assertThat(report.test().encoding().alteredAnswers()).isZero();
    }

    private DatasetReport run(Path output) {
        return DatasetStage.run(
                        spec.spec(), project.resolve("src"), new ProjectPaths(project), BASE, output, messages::add)
                .report();
    }

    private void data(String name, String content) throws IOException {
        Files.writeString(project.resolve("src/data").resolve(name), content);
    }
}
