package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.checks.DatasetChecks;
import io.github.ftmaven.runtime.checks.Finding;
import io.github.ftmaven.runtime.checks.InspectedRow;
import io.github.ftmaven.runtime.checks.Inspection;
import io.github.ftmaven.runtime.checks.ListedRows;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Overlap;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {
    private final TestSpec spec = new TestSpec();

    @TempDir
    Path directory;

    @Test
    void refusesTestRowsAmongTheTrainingRows() throws IOException {
        write("train.jsonl", "a>1", "b>2", " c >3", "d>4", "e>5", "f>6");
        write("test.jsonl", "x>1", "\nc>3", "b>7", "f>6", "e>5");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "test.jsonl:3 is train.jsonl:2, test.jsonl:2 is train.jsonl:3, test.jsonl:5 is train.jsonl:5,"
                                + " and 1 more: the same prompt is in train and in test, so the score would"
                                + " measure memorization. Remove these rows from train, or set dataset.overlap: drop.");

        spec.set("dataset.overlap: drop");
        Splits splits = read();
        assertThat(sources(splits.train())).containsExactly("train.jsonl:1", "train.jsonl:4");
        assertThat(splits.test()).hasSize(5);
        assertThat(splits.overlapDropped()).isEqualTo(4);
    }

    @Test
    void spellsLabelsAsWords() throws IOException {
        write("train.jsonl", "a_b>card_arrival", "b>PIN_blocked", "c>card_arrival");
        write("test.jsonl", "d>card_arrival");
        spec.set("dataset.answers: words");
        Splits splits = read();
        assertThat(splits.train())
                .extracting(Example::answer)
                .containsExactly("card arrival", "PIN blocked", "card arrival");
        assertThat(splits.train().get(0).prompt().messages())
                .extracting(Message::content)
                .containsExactly("a_b");
        assertThat(splits.test()).extracting(Example::answer).containsExactly("card arrival");

        write("test.jsonl", "d>card arrival");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test.jsonl:1: the answers \"card_arrival\" and \"card arrival\" become identical"
                        + " with dataset.answers: words. Use one spelling in the data, or remove the key.");
    }

    @Test
    void keepsValidationFilesApartToo() throws IOException {
        write("train.jsonl", "a>1", "b>2", "c>3");
        write("validation.jsonl", "b>2", "t>4", "v>5");
        write("test.jsonl", "t>4");
        spec.put("dataset.validation", List.of("validation.jsonl"));
        assertThatThrownBy(this::read)
                .hasMessageStartingWith(
                        "test.jsonl:1 is validation.jsonl:2: the same prompt is in validation and in test");

        spec.set("dataset.overlap: drop");
        Splits splits = read();
        assertThat(sources(splits.train())).containsExactly("train.jsonl:1", "train.jsonl:3");
        assertThat(sources(splits.validation())).containsExactly("validation.jsonl:1", "validation.jsonl:3");
        assertThat(splits.overlapDropped()).isEqualTo(2);
    }

    @Test
    void seesAPromptThatIsOnlyWrittenOtherwise() throws IOException {
        write("train.jsonl", "How  deep is it>1", "b>2", "US>3");
        write("test.jsonl", "how deep\u00a0is\u200b it?>1", "us>4");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "test.jsonl:1 \"how deep\u00a0is\u200b it?\" is train.jsonl:1 \"How  deep is it\","
                                + " test.jsonl:2 \"us\" is train.jsonl:3 \"US\": the same prompt is in train and in test,"
                                + " so the score would measure memorization. Remove these rows from train, or set dataset.overlap: drop. Prompts that differ only in case, white space, trailing punctuation or Unicode form count as the same, unless dataset.sameQuestion is exact.");

        spec.set("dataset.overlap: drop");
        assertThat(sources(read().train())).containsExactly("train.jsonl:2");
        spec.set("dataset.sameQuestion: exact");
        spec.set("dataset.overlap: error");
        assertThat(read().train()).hasSize(3);
    }

    @Test
    void seesAValidationPromptThatIsOnlyWrittenOtherwise() throws IOException {
        write("train.jsonl", "a>1", "B!>2");
        write("validation.jsonl", "b>2");
        write("test.jsonl", "t>4");
        spec.put("dataset.validation", List.of("validation.jsonl"));
        assertThatThrownBy(this::read)
                .hasMessageStartingWith(
                        "validation.jsonl:1 \"b\" is train.jsonl:2 \"B!\": the same prompt is in train and"
                                + " in validation");
    }

    @Test
    void anotherSystemMessageOrRoleAsksAnother() throws IOException {
        Files.writeString(directory.resolve("train.jsonl"), """
                {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "a"}, \
                {"role": "assistant", "content": "2"}]}
                """);
        write("test.jsonl", "a>1");
        assertThat(read().train()).hasSize(1);
        spec.put("dataset.system", "be  brief");
        assertThatThrownBy(this::read).hasMessageStartingWith("test.jsonl:1 \"a\" is train.jsonl:1 \"a\"");
    }

    @Test
    void countsCopiesOfTestRows() throws IOException {
        write("train.jsonl", "a>1");
        write("test.jsonl", "t>1", "T?>1", " t >2", "u>1");
        String copies = "test: rows that repeat the question of an earlier row; acceptance rules count them as one"
                + " question: ";
        String conflict = "test: prompts with more than one expected answer: 1 (test.jsonl:3 and test.jsonl:1)";
        assertThat(repeats(Sameness.NORMALIZED))
                .containsExactly(copies + "2 (test.jsonl:2 and test.jsonl:1; test.jsonl:3 and test.jsonl:1)", conflict);
        assertThat(repeats(Sameness.EXACT)).containsExactly(copies + "1 (test.jsonl:3 and test.jsonl:1)", conflict);
    }

    @Test
    void comparesAHundredThousandRows() throws IOException {
        List<Example> learnt = numbered(100_000);
        List<Example> heldOut = List.of(learnt.get(99_999));
        long start = System.nanoTime();
        assertThat(Overlaps.remove(Split.TRAIN, learnt, Split.TEST, heldOut, Overlap.DROP, Sameness.NORMALIZED)
                        .examples())
                .hasSize(99_999);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void seesATestPromptWithinAConversation() throws IOException {
        Files.writeString(directory.resolve("train.jsonl"), """
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "1"}, \
                {"role": "user", "content": "b"}, {"role": "assistant", "content": "2"}]}
                """);
        write("test.jsonl", "b>2");
        assertThat(read().train()).hasSize(1);
        write("test.jsonl", "b>2", "a>9");
        assertThatThrownBy(this::read).hasMessageStartingWith("test.jsonl:2 is train.jsonl:1: ");
    }

    @Test
    void refusesOneFileOnBothSides() throws IOException {
        write("train.jsonl", "a>1");
        spec.put("dataset.test", List.of("*.jsonl"));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("dataset.test: names train.jsonl, which dataset.train names too. A row can be used"
                        + " for only one of them.");
    }

    @Test
    void putsTheSystemMessageFirst() throws IOException {
        Files.writeString(directory.resolve("train.jsonl"), """
                {"prompt": "a", "completion": "1"}
                {"messages": [{"role": "system", "content": "Mine."}, {"role": "user", "content": "b"}, \
                {"role": "assistant", "content": "2"}]}
                """);
        write("test.jsonl", "c>3");
        spec.put("dataset.system", "Be brief.");
        Splits splits = read();
        assertThat(splits.train().stream().map(example -> example.messages().get(0)))
                .containsExactly(new Message(Role.SYSTEM, "Be brief."), new Message(Role.SYSTEM, "Mine."));
        assertThat(splits.train().get(0).messages()).hasSize(3);
        assertThat(splits.test().get(0).messages().get(0)).isEqualTo(new Message(Role.SYSTEM, "Be brief."));
    }

    @Test
    void learnsTextOnlyAsItIs() throws IOException {
        Files.writeString(
                directory.resolve("train.jsonl"), "{\"text\": \"Once upon a time\"}\n{\"text\": \"The end\"}");
        write("test.jsonl", "c>3");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("train.jsonl:1: text without a prompt can only be learnt as plain text.");
        spec.set("dataset.template: raw");
        assertThat(read().train()).hasSize(2);
        spec.put("dataset.system", "Be brief.");
        assertThatThrownBy(this::read).hasMessageContaining("cannot have a system message");
        spec.put("dataset.system", null);
        Files.writeString(directory.resolve("test.jsonl"), "{\"text\": \"Once\"}");
        assertThatThrownBy(this::read).hasMessageStartingWith("test.jsonl:1: a test row needs prompt and completion");
    }

    @Test
    void drawsTheSameValidationRowsInAnyOrder() {
        List<Example> examples = numbered(200);
        ValidationDraw draw = ValidationDraw.of(examples, 0.1, 42, Sameness.NORMALIZED);
        assertThat(draw.validation()).hasSize(20).isSubsetOf(examples);
        assertThat(draw.train()).hasSize(180).doesNotContainAnyElementsOf(draw.validation());
        assertThat(draw.train()).isSortedAccordingTo((a, b) -> examples.indexOf(a) - examples.indexOf(b));

        List<Example> reversed = new ArrayList<>(examples);
        Collections.reverse(reversed);
        assertThat(ValidationDraw.of(reversed, 0.1, 42, Sameness.NORMALIZED).validation())
                .containsExactlyInAnyOrderElementsOf(draw.validation());
        assertThat(ValidationDraw.of(examples, 0.1, 43, Sameness.NORMALIZED).validation())
                .isNotEqualTo(draw.validation());
        assertThat(ValidationDraw.of(examples, 0, 42, Sameness.NORMALIZED).train())
                .isEqualTo(examples);
        // A few more rows move only a few others.
        assertThat(ValidationDraw.of(numbered(210), 0.1, 42, Sameness.NORMALIZED)
                        .validation())
                .filteredOn(draw.validation()::contains)
                .hasSizeGreaterThan(15);
    }

    @Test
    void drawsRowsWithTheSamePromptTogether() {
        List<Example> twins = new ArrayList<>(numbered(40));
        numbered(40).forEach(e -> twins.add(new Example("again-" + e.source(), e.messages())));
        ValidationDraw draw = ValidationDraw.of(twins, 0.25, 1, Sameness.NORMALIZED);
        assertThat(draw.validation()).hasSize(20);
        assertThat(draw.validation().stream().map(Example::prompt).collect(Collectors.toSet()))
                .hasSize(10)
                .doesNotContainAnyElementsOf(
                        draw.train().stream().map(Example::prompt).toList());
    }

    @Test
    void drawsAtLeastOneAndLeavesAtLeastOne() {
        assertThat(ValidationDraw.of(numbered(3), 0.1, 1, Sameness.NORMALIZED).validation())
                .hasSize(1);
        assertThat(ValidationDraw.of(numbered(2), 0.9, 1, Sameness.NORMALIZED).train())
                .hasSize(1);
        assertThat(ValidationDraw.of(numbered(1), 0.5, 1, Sameness.NORMALIZED).train())
                .hasSize(1);
    }

    @Test
    void countsRepetitionsAndContradictions() throws IOException {
        write("train.jsonl", "a>1", "a >1", "b>2", "b>3", "b>3", "c>4");
        write("test.jsonl", "t>1");
        assertThat(repeats(Sameness.NORMALIZED))
                .containsExactly(
                        "train: rows that repeat an earlier row: 2 (train.jsonl:2 and train.jsonl:1; train.jsonl:5 and"
                                + " train.jsonl:4)",
                        "train: prompts with more than one answer: 1 (train.jsonl:4 and train.jsonl:3)");
    }

    @Test
    void drawsTestRowsFromOneFile() throws IOException {
        Files.writeString(
                directory.resolve("train.jsonl"),
                IntStream.range(0, 90)
                        .mapToObj(i -> "{\"prompt\": \"q" + i + "\", \"completion\": \"a\", "
                                + (i % 2 == 0
                                        ? "\"contract\": " + i / 6
                                        : "\"metadata\": {\"contract\": " + i / 6 + ", \"page\": " + i + "}")
                                + "}\n")
                        .collect(Collectors.joining()));
        spec.set("dataset.test: 0.2", "dataset.validation: 0.2", "dataset.split.groupBy: contract");
        Splits splits = read();
        assertThat(splits.train().size()
                        + splits.validation().size()
                        + splits.test().size())
                .isEqualTo(90);
        for (List<Example> side : List.of(splits.train(), splits.validation(), splits.test())) {
            assertThat(side).isNotEmpty();
            assertThat(side.size() % 6).isZero();
        }
        assertThat(splits.train()).allSatisfy(row -> assertThat(row.metadata()).isEmpty());
        assertThat(splits.test()).allSatisfy(row -> assertThat(row.metadata()).containsKeys("contract", "group"));
        assertThat(splits.unread()).isEmpty();
        assertThat(splits.leaks()).isEmpty();
    }

    @Test
    void aTeachersAnswerIsNotOfADrawnGroup() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add("{\"prompt\": \"q" + i + "\", \"completion\": \"1\", \"contract\": \"c" + i + "\"}");
        }
        Files.write(directory.resolve("train.jsonl"), rows);
        spec.set("dataset.test: 0.3", "dataset.split.groupBy: contract");
        Splits splits = read();
        String learnt = splits.train().get(0).messages().get(0).content().replace('q', 'c');
        rows.add(answered("another", learnt));
        Files.write(directory.resolve("train.jsonl"), rows);
        assertThat(read().test()).isEqualTo(splits.test());

        Example first = splits.test().get(0);
        String tested = first.messages().get(0).content().replace('q', 'c');
        rows.add(answered("one more", tested));
        Files.write(directory.resolve("train.jsonl"), rows);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("train.jsonl:42 and " + first.source() + ": contract is '" + tested
                        + "' in both. dataset.split.groupBy keeps a group on one side. Remove these rows from train.");
    }

    private static String answered(String prompt, String contract) {
        return "{\"prompt\": \"" + prompt + "\", \"completion\": \"1\", \"contract\": \"" + contract
                + "\", \"metadata\": {\"origin\": \"distilled\", \"teacher\": \"big\"}}";
    }

    @Test
    void neverDrawsWhatATeacherAnswered() throws IOException {
        Files.writeString(
                directory.resolve("train.jsonl"),
                IntStream.range(0, 60)
                        .mapToObj(i -> "{\"prompt\": \"q" + i + "\", \"completion\": \"a\""
                                + (i % 2 == 0
                                        ? ""
                                        : ", \"metadata\": {\"origin\": \"distilled\", \"teacher\": \"big\"}")
                                + "}\n")
                        .collect(Collectors.joining()));
        spec.set("dataset.test: 0.4", "dataset.validation: 0.3");
        Splits splits = read();
        assertThat(splits.origins()).hasSize(30);
        assertThat(sources(splits.train())).containsAll(splits.origins().keySet());
        assertThat(splits.test()).isNotEmpty();
        assertThat(splits.validation()).isNotEmpty();
        assertThat(splits.train().size()
                        + splits.validation().size()
                        + splits.test().size())
                .isEqualTo(60);
    }

    @Test
    void drawsByColumns() throws IOException {
        Files.writeString(directory.resolve("train.csv"), """
                prompt,completion,contract
                a,1,x
                b,2,x
                c,3,y
                d,4,y
                """);
        spec.set("dataset.train: train.csv", "dataset.test: 0.3", "dataset.split.groupBy: contract");
        assertThat(read().test()).hasSize(2);
        Files.writeString(directory.resolve("train.csv"), "e,5,\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("train.csv:6: has no 'contract' that is a text or a number, but dataset.split.groupBy names"
                        + " it.");
        spec.set("dataset.split.groupBy: contrat");
        assertThatThrownBy(this::read)
                .hasMessageStartingWith("train.csv:2: has no 'contrat' that is a text or a number, but"
                        + " dataset.split.groupBy names it.");
    }

    @Test
    void dropsQuestionsThatDividedGroupsHaveInCommon() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add("{\"prompt\": \"own " + i + "\", \"completion\": \"1\", \"contract\": \"c" + i + "\"}");
            rows.add("{\"prompt\": \"common\", \"completion\": \"1\", \"contract\": \"c" + i + "\"}");
        }
        Files.write(directory.resolve("train.jsonl"), rows);
        spec.set("dataset.test: 0.2", "dataset.split.groupBy: contract", "dataset.overlap: drop");
        Splits splits = read();
        assertThat(splits.test().size() % 2).isZero();
        assertThat(splits.train()).hasSize(40 - splits.test().size() / 2);
        assertThat(splits.overlapDropped()).isEqualTo(splits.train().size());
    }

    @Test
    void keepsGroupsOfFilesApart() throws IOException {
        Files.writeString(directory.resolve("train.jsonl"), """
                {"prompt": "a", "completion": "1", "contract": "c1"}
                {"prompt": "b", "completion": "1", "contract": "c2"}
                {"prompt": "c", "completion": "1", "contract": "c2"}
                {"prompt": "d", "completion": "1", "contract": "c3"}
                """);
        Files.writeString(directory.resolve("test.jsonl"), """
                {"prompt": "x", "completion": "1"}
                {"prompt": "y", "completion": "1", "metadata": {"contract": "c2"}}
                """);
        spec.set("dataset.validation: 0.3", "dataset.split.groupBy: contract");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "train.jsonl:2 and test.jsonl:2: contract is 'c2' in both; 1 more row of train has a contract"
                                + " of test. dataset.split.groupBy keeps a group on one side. Remove these rows from train.");
        write("test.jsonl", "x>1", "A!>1");
        assertThatThrownBy(this::read).hasMessageStartingWith("test.jsonl:2 \"A!\" is train.jsonl:1 \"a\": the same");
        write("test.jsonl", "x>1");
        assertThat(read().validation()).isNotEmpty();
    }

    @Test
    void aDrawnTextAsksNothing() throws IOException {
        Files.writeString(directory.resolve("train.txt"), "Once\nupon\na\ntime\n");
        spec.set("dataset.train: train.txt", "dataset.test: 0.3", "dataset.template: raw");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(": a test row needs prompt and completion");
    }

    /** What the checks for repeated questions find. */
    private List<String> repeats(Sameness sameness) {
        Splits splits =
                Splits.read(spec.put("dataset.sameQuestion", sameness).spec(), directory, new ProjectPaths(directory));
        InspectedRows rows = InspectedRows.of(spec.dataset());
        InspectedRow.Encoded encoded = new InspectedRow.Encoded(2, false);
        Inspection inspection = new Inspection(
                inspected(splits.train(), rows, encoded),
                inspected(List.of(), rows, encoded),
                inspected(splits.test(), rows, encoded),
                false,
                List.of());
        return DatasetChecks.run(spec.dataset().checks(), Method.LORA, inspection, new Scratch(directory)).stream()
                .filter(result ->
                        List.of("exactDuplicates", "conflictingAnswers").contains(result.check()))
                .flatMap(result -> result.findings().stream())
                .map(Finding::line)
                .toList();
    }

    private static ListedRows inspected(List<Example> examples, InspectedRows rows, InspectedRow.Encoded encoded) {
        return new ListedRows(
                examples.stream().map(example -> rows.row(example, encoded)).toList(), List.of());
    }

    private Splits read() {
        return Splits.read(spec.spec(), directory, new ProjectPaths(directory));
    }

    /** Writes rows given as {@code prompt>completion}. */
    private void write(String file, String... rows) throws IOException {
        String text = Arrays.stream(rows)
                .map(row -> row.split(">", 2))
                .map(row ->
                        "{\"prompt\": \"" + row[0].replace("\n", "\\n") + "\", \"completion\": \"" + row[1] + "\"}\n")
                .collect(Collectors.joining());
        Files.writeString(directory.resolve(file), text);
    }

    private static List<String> sources(List<Example> examples) {
        return examples.stream().map(Example::source).toList();
    }

    private static List<Example> numbered(int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new Example(
                    "rows:" + i,
                    List.of(new Message(Role.USER, "question " + i), new Message(Role.ASSISTANT, "answer"))));
        }
        return examples;
    }
}
