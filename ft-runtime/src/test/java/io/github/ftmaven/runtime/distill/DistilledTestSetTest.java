package io.github.ftmaven.runtime.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the gate measures is never distilled. */
class DistilledTestSetTest extends DistillationFixture {
    DistilledTestSetTest() throws IOException {}

    @Test
    void neverAsksAQuestionOfTheTestSet() throws IOException {
        lines("prompts.jsonl", "{\"prompt\": \"one\"}", "{\"prompt\": \" TESTED\"}");
        refused(
                "prompts.jsonl:2 asks what test.jsonl:1 asks: the gate's test set cannot be distilled. Take these rows out"
                        + " of distill.prompts, or set distill.testQuestions: drop.");
        spec.set("distill.testQuestions: drop");
        assertThat(open().plan().get(0)).isEqualTo("1 prompt; 1 dropped because a test row asks the same");
        run();
        assertThat(teacher.asked()).containsExactly("one");

        spec.set("dataset.test: out/distilled.jsonl");
        refused("distill.output: out/distilled.jsonl is a file of dataset.test, and would be overwritten. Name another"
                + " file.");
        Files.copy(directory.resolve("out/distilled.jsonl"), directory.resolve("copied.jsonl"));
        spec.set("dataset.test: copied.jsonl");
        refused(
                "copied.jsonl:1: a teacher wrote this answer (big, by metadata.origin), but the gate's test set cannot be"
                        + " distilled: its score would say how well the teacher is copied. Take the row out of dataset.test.");
    }

    @Test
    void neverAsksAQuestionThatIsDrawnForTheTest() throws IOException {
        String[] rows = IntStream.range(0, 40)
                .mapToObj(i -> "{\"prompt\": \"q" + i + "\", \"completion\": \"a\"}")
                .toArray(String[]::new);
        lines("train.jsonl", rows);
        lines(
                "prompts.jsonl",
                IntStream.range(0, 40)
                        .mapToObj(i -> "{\"prompt\": \"q" + i + "\"}")
                        .toArray(String[]::new));
        spec.set("dataset.train: [train.jsonl, out/distilled.jsonl]", "dataset.test: 0.2");
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" asks what train.jsonl:");
        spec.set("distill.testQuestions: drop");
        run();
        List<String> asked = teacher.asked();
        assertThat(asked).hasSizeBetween(20, 39);

        // With the output among the training files, the same rows are drawn.
        delete(directory.resolve("cache"));
        assertThat(open().plan().get(0))
                .isEqualTo(asked.size() + " prompts; " + (40 - asked.size())
                        + " dropped because a test row asks the same");

        spec.set("dataset.test: hf:datasets/acme/clauses@0123456789012345678901234567890123456789:test.jsonl");
        refused(
                "dataset.test: hf:datasets/acme/clauses@0123456789012345678901234567890123456789:test.jsonl is not a file"
                        + " of the project. ft:distill reads it to keep the test set apart, and fetches nothing. Download the"
                        + " file and name its path.");
    }
}
