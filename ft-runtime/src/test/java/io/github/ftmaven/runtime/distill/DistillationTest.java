package io.github.ftmaven.runtime.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistillationTest extends DistillationFixture {
    DistillationTest() throws IOException {}

    @Test
    void answersPromptsInTheirOrderAndMarksThem() throws IOException {
        assertThat(open().plan())
                .containsExactly(
                        "3 prompts",
                        "0 prompts asked earlier, 3 to ask: big at " + teacher.name(),
                        "about 57 tokens to send (estimated, 3 bytes a token), at most 3,072 to receive (1,024 an"
                                + " answer)",
                        "no price is set; distill.maxRequests is 100");
        run();
        assertThat(output())
                .hasSize(3)
                .allMatch(line -> line.matches(
                        "\\{\"prompt\":\"\\w+\",\"completion\":\"\\w+\",\"metadata\":\\{\"origin\":\"distilled\",\"teacher\":\"big\","
                                + "\"teacherServer\":\"" + teacher.name()
                                + "\",\"teacherRequest\":\"[0-9a-f]{64}\"}}"));
        assertThat(output().get(2)).contains("\"prompt\":\"three\",\"completion\":\"THREE\"");
        assertThat(teacher.requests.get(0).toString())
                .matches("\\{\"model\":\"big\",\"messages\":\\[\\{\"role\":\"user\",\"content\":\"\\w+\"}],"
                        + "\"temperature\":0.0,\"max_tokens\":1024}");
        assertThat(messages)
                .containsExactly("3 requests, 30 tokens sent, 15 received", "out/distilled.jsonl: 3 rows of big");
    }

    @Test
    void paysForNothingTwice() throws IOException {
        run();
        List<String> first = output();
        run();
        assertThat(teacher.requests).hasSize(3);

        Files.delete(directory.resolve("out/distilled.jsonl"));
        run();
        assertThat(teacher.requests).hasSize(3);
        assertThat(output()).isEqualTo(first);

        // Another machine has the output, but no cache.
        delete(directory.resolve("cache"));
        lines("prompts.jsonl", "{\"prompt\": \"four\"}", "{\"prompt\": \"one\"}", "{\"prompt\": \"one\"}");
        assertThat(open().plan())
                .startsWith("2 prompts; 1 repeated", "1 prompt asked earlier, 1 to ask: big at " + teacher.name());
        run();
        assertThat(teacher.asked()).containsExactly("four", "one", "three", "two");
        assertThat(output()).hasSize(2).contains(first.get(0));

        // And a prompt that comes back is not asked again either.
        lines("prompts.jsonl", "{\"prompt\": \"three\"}");
        run();
        assertThat(teacher.requests).hasSize(4);
    }

    @Test
    void keepsAnAnswerThatAPersonCorrected() throws IOException {
        run();
        Path file = directory.resolve("out/distilled.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"TWO\"", "\"zwei\""));
        run();
        assertThat(output().get(1)).contains("\"completion\":\"zwei\"");
        assertThat(teacher.requests).hasSize(3);
    }

    @Test
    void asksAgainWhereTheRequestDiffers() throws IOException {
        run();
        spec.set("distill.system: Be brief.", "distill.teacher.temperature: 0.5");
        spec.set("distill.teacher.parameters: {top_p: 0.9, max_tokens: null, max_completion_tokens: 7}");
        assertThat(open().plan().get(2)).endsWith("at most 21 to receive (7 an answer)");
        run();
        assertThat(teacher.requests).hasSize(6);
        assertThat(teacher.requests.get(5).toString())
                .contains("{\"role\":\"system\",\"content\":\"Be brief.\"}")
                .endsWith("\"temperature\":0.5,\"top_p\":0.9,\"max_completion_tokens\":7}");
        assertThat(output().get(0)).doesNotContain("Be brief.");
    }

    @Test
    void writesRowsInTheLayoutOfTheirPrompts() throws IOException {
        lines(
                "prompts.jsonl",
                "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"a\"}]}",
                "{\"prompt\": [{\"role\": \"user\", \"content\": \"b\"}]}",
                "{\"instruction\": \"c\", \"input\": \"d\", \"output\": \"\"}",
                "{\"conversations\": [{\"from\": \"human\", \"value\": \"e\"}]}",
                "{\"prompt\": \"f\", \"completion\": \"by a person\"}",
                "{\"prompt\": \"g\", \"metadata\": {\"group\": \"x\"}}");
        spec.set("dataset.system: by default");
        assertThat(open().plan().get(0)).isEqualTo("5 prompts; 1 with an answer of its own");
        run();
        List<String> rows = output();
        assertThat(rows.get(0))
                .startsWith(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"},"
                                + "{\"role\":\"assistant\",\"content\":\"A\"}],\"metadata\":");
        assertThat(rows.get(1))
                .startsWith("{\"prompt\":[{\"role\":\"user\",\"content\":\"b\"}],"
                        + "\"completion\":[{\"role\":\"assistant\",\"content\":\"B\"}],");
        assertThat(rows.get(2)).startsWith("{\"instruction\":\"c\",\"input\":\"d\",\"output\":\"C\\n\\nD\",");
        assertThat(rows.get(3))
                .startsWith(
                        "{\"conversations\":[{\"from\":\"human\",\"value\":\"e\"},{\"from\":\"gpt\",\"value\":\"E\"}],");
        assertThat(rows.get(4))
                .startsWith("{\"prompt\":\"g\",\"metadata\":{\"group\":\"x\",\"origin\":\"distilled\",")
                .endsWith(",\"completion\":\"G\"}");
        assertThat(teacher.requests)
                .allMatch(body -> body.at("/messages/0/role").asText().equals("system"));
        spec.set("dataset.train: out/distilled.jsonl");
        assertThat(open().open()).isZero();
    }

    @Test
    void readsColumnsTextsAndTools() throws IOException {
        spec.set("dataset.columns: {prompt: text, completion: \"{{label}}\"}", "distill.prompts: prompts.txt");
        lines("test.jsonl", "{\"text\": \"t\", \"label\": \"u\"}");
        lines("prompts.txt", "a", "", "b");
        run();
        assertThat(output().get(1)).startsWith("{\"text\":\"b\",\"label\":\"B\",\"metadata\":");

        lines("prompts.txt", "a");
        spec.set("dataset.columns: {prompt: text, completion: \"It is {{label}}.\"}");
        refused(
                "dataset.columns.completion is a text with columns in it, so ft:distill cannot tell into which column an"
                        + " answer belongs. Name one column.");

        spec.set("dataset.columns: null", "distill.prompts: prompts.jsonl");
        lines("test.jsonl", "{\"prompt\": \"t\", \"completion\": \"u\"}");
        delete(directory.resolve("out"));
        lines(
                "prompts.jsonl",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"c\"}], \"tools\": [{\"type\": \"function\"}]}",
                "{\"prompt\": \"d\"}");
        String calls =
                "choice {\"finish_reason\": \"tool_calls\", \"message\": {\"content\": null, \"tool_calls\": [{\"id\":"
                        + " \"c\", \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": \"{}\"}}]}}";
        teacher.queue.addAll(List.of(calls, calls));
        spec.set("distill.maxUnanswered: 0.5", "distill.concurrency: 1");
        run();
        assertThat(output()).hasSize(1);
        assertThat(output().get(0)).contains("\"tool_calls\":[{\"id\":\"c\"");
        assertThat(messages).anyMatch(line -> line.startsWith("1 answer is calls of tools, which rows of this layout"));
    }

    @Test
    void overwritesNothingOfOthers() throws IOException {
        lines("out/distilled.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}");
        refused(
                "out/distilled.jsonl:1: ft:distill did not write this row (it has no metadata.teacherRequest), and would"
                        + " overwrite it. Move your rows to another file, or name another distill.output.");
        for (String table : List.of("prompts.csv", "prompts.parquet")) {
            lines(table, "prompt", "one");
            spec.set("distill.prompts: " + table);
            refused(table
                    + ": prompts are read from .jsonl, .json and .txt, because the answer becomes a key of the row."
                    + " Convert the file.");
        }
        spec.set("distill.prompts: prompts.jsonl", "distill.output: prompts.jsonl");
        refused("distill.output: prompts.jsonl is a file of distill.prompts, and would be overwritten. Name another"
                + " file.");
        spec.set("distill.output: new.jsonl");
        lines("prompts.jsonl", "{\"prompt\": \"p\", \"metadata\": {\"teacher\": \"Ms Lee\"}}");
        refused(
                "prompts.jsonl:1: metadata.teacher is a key that ft:distill writes, to mark rows that a teacher answered."
                        + " Rename yours.");
    }

    @Test
    void isBoundedBeforeItStarts() throws IOException {
        spec.set("distill.maxRequests: 2");
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "distill.maxRequests: there are 3 prompts to ask, but 2 is the most. Nothing was asked. Raise"
                                + " it, or name fewer prompts.");
        spec.set("distill.maxRequests: 100", "distill.price: {input: 1, output: 10}", "distill.maxPrice: 0.03");
        assertThat(open().plan().get(3))
                .isEqualTo("at most 0.0308, at 1.00 and 10.00 for a million tokens; distill.maxPrice is 0.03;"
                        + " distill.maxRequests is 100");
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "distill.maxPrice: the answers to 3 prompts may cost 0.0308, but 0.03 is the most. Nothing was"
                                + " asked. Raise it, lower distill.teacher.maxTokens, or name fewer prompts.");
        assertThat(teacher.requests).isEmpty();
        spec.set("distill.maxPrice: 0.04");
        run();
        assertThat(messages).contains("3 requests, 30 tokens sent, 15 received, at most 0.0002");
    }

    @Test
    void stopsWhereRepeatedRequestsWouldPassTheBound() throws IOException {
        // A lost request may have been paid for, so of three requests one is left for three prompts.
        spec.set("distill.maxRequests: 3", "distill.concurrency: 1");
        teacher.queue.addAll(List.of("cut", "cut"));
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("distill.maxRequests is reached, because requests were repeated or took more tokens than"
                        + " estimated. 1 prompt of 3 were asked, and their answers are kept: the next run goes on from"
                        + " there.");
        assertThat(output()).hasSize(1);
        run();
        assertThat(output()).hasSize(3);
        assertThat(teacher.requests).hasSize(5);
    }

    @Test
    void countsTheMostForAnswersWithoutUsage() throws IOException {
        spec.set("distill.price: {input: 0, output: 10}", "distill.maxPrice: 1");
        teacher.queue.addAll(List.of("free", "free", "free"));
        run();
        assertThat(messages).contains("3 requests, 0 tokens sent, 0 received, at most 0.0308");
    }

    @Test
    void asksAFewAtATime() throws IOException {
        lines(
                "prompts.jsonl",
                IntStream.range(0, 40)
                        .mapToObj(i -> "{\"prompt\": \"p" + i + "\"}")
                        .toArray(String[]::new));
        spec.set("distill.concurrency: 3");
        run();
        assertThat(teacher.mostWaiting()).isBetween(2, 3);
        assertThat(output()).hasSize(40);
        assertThat(output().get(39)).contains("\"P39\"");
    }

    @Test
    void asksAgainWhereAKeptAnswerIsDamaged() throws IOException {
        run();
        delete(directory.resolve("out"));
        try (var files = Files.walk(directory.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }
        run();
        assertThat(teacher.requests).hasSize(6);
    }

    @Test
    void needsItsSection() {
        assertThatThrownBy(() -> Distillation.of(TestSpec.with(), folders()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The spec has no section distill. It names the prompts, the output and the teacher of"
                        + " ft:distill.");
    }
}
