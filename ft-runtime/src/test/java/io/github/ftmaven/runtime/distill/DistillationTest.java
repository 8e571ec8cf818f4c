package io.github.ftmaven.runtime.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistillationTest {
    private static final String SECRET = "sk-very-secret";

    private final TestSpec spec = new TestSpec();
    private Duration timeout = Duration.ofMinutes(1);
    private final ScriptedTeacher teacher;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path directory;

    DistillationTest() throws IOException {
        teacher = new ScriptedTeacher();
    }

    @BeforeEach
    void prepare() throws IOException {
        spec.set("distill.prompts: prompts.jsonl", "distill.output: out/distilled.jsonl", "distill.maxRequests: 100");
        spec.set("distill.teacher.model: big").put("distill.teacher.url", teacher.url());
        lines("test.jsonl", "{\"prompt\": \"Tested?\", \"completion\": \"yes\"}");
        lines("prompts.jsonl", "{\"prompt\": \"one\"}", "{\"prompt\": \"two\"}", "{\"prompt\": \"three\"}");
    }

    @AfterEach
    void stop() {
        teacher.close();
    }

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
    void doesNotCountRequestsThatTheServerTurnsAway() throws IOException {
        spec.set("distill.maxRequests: 3", "distill.concurrency: 1");
        teacher.queue.addAll(List.of("429", "503", "", "429 1"));
        run();
        assertThat(output()).hasSize(3);
        assertThat(teacher.requests).hasSize(6);
    }

    @Test
    void countsTheMostForAnswersWithoutUsage() throws IOException {
        spec.set("distill.price: {input: 0, output: 10}", "distill.maxPrice: 1");
        teacher.queue.addAll(List.of("free", "free", "free"));
        run();
        assertThat(messages).contains("3 requests, 0 tokens sent, 0 received, at most 0.0308");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|' answered with status 401: {\"error\": {\"message\": \"no, Bearer [key]\"}}. Check the API key (the"
                        + " environment variable TEACHER_KEY).'",
                "402|' answered with status 402: {\"error\": {\"message\": \"no, Bearer [key]\"}}. The account has no"
                        + " credit left.'",
                "403|' answered with status 403: {\"error\": {\"message\": \"no, Bearer [key]\"}}. The API key (the"
                        + " environment variable TEACHER_KEY) may not use this model.'",
                "404|' answered with status 404: {\"error\": {\"message\": \"no, Bearer [key]\"}}. Check"
                        + " distill.teacher.model, and that distill.teacher.url goes up to and includes /v1.'",
                "302|' answered with status 302: {\"error\": {\"message\": \"no, Bearer [key]\"}}.'",
                "503|' answered with status 503: {\"error\": {\"message\": \"no, Bearer [key]\"}} (tried 3 times).'",
                "429 60|' answered with status 429: {\"error\": {\"message\": \"no, Bearer [key]\"}}, and asks for a pause"
                        + " of 60 s.'",
                "slow|' did not send its whole answer within 1500 ms (tried 3 times).'",
                "raw <html>login</html>|' answered with a web page: <html>login</html>. Check distill.teacher.url: it goes"
                        + " up to and includes /v1.'",
                "raw nothing|' did not answer with JSON: nothing. Check distill.teacher.url: it goes up to and includes"
                        + " /v1.'",
                "raw {}|' answered without choices[0].message: {}. Is it a server with OpenAI''s chat completions API?'",
            })
    void stopsWhereTheServerCannotBeAsked(String event, String message) throws IOException {
        spec.set("distill.concurrency: 1");
        teacher.queue.addAll(List.of("", event, event, event));
        timeout = Duration.ofMillis(event.equals("slow") ? 1_500 : 60_000);
        assertThatThrownBy(this::run)
                .isInstanceOf(ChatException.class)
                .hasMessage("The teacher's server " + teacher.name() + message
                        + " 1 prompt of 3 were asked, and their answers are kept: the next run goes on from there.")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(SECRET));
        assertThat(output()).hasSize(1);
        assertThat(String.join("\n", messages)).doesNotContain(SECRET);
        teacher.queue.clear();
        timeout = Duration.ofMinutes(1);
        run();
        assertThat(output()).hasSize(3);
        assertThat(teacher.keys).containsOnly("Bearer " + SECRET);
    }

    @Test
    void saysThatAServerIsNotThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        spec.put("distill.teacher.url", "http://127.0.0.1:" + port + "/v1");
        assertThatThrownBy(this::run)
                .isInstanceOf(ChatException.class)
                .hasMessageStartingWith(
                        "The teacher's server 127.0.0.1:" + port + " cannot be reached: ConnectException")
                .hasMessageContaining("(tried 3 times). 0 prompts of 3 were asked");
        assertThat(directory.resolve("out/distilled.jsonl")).doesNotExist();
    }

    @Test
    void leavesOutPromptsWithoutAUsableAnswer() throws IOException {
        lines(
                "prompts.jsonl",
                IntStream.range(0, 8)
                        .mapToObj(i -> "{\"prompt\": \"p" + i + "\"}")
                        .toArray(String[]::new));
        spec.set("distill.concurrency: 1", "distill.maxUnanswered: 0.9");
        teacher.queue.addAll(List.of(
                "choice {\"finish_reason\": \"length\", \"message\": {\"content\": \"half\"}}",
                "choice {\"finish_reason\": \"content_filter\", \"message\": {\"content\": \"\"}}",
                "choice {\"finish_reason\": \"stop\", \"message\": {\"content\": null, \"refusal\": \"I cannot.\"}}",
                "choice {\"finish_reason\": \"stop\", \"message\": {\"content\": \" \"}}",
                "400",
                "choice {\"finish_reason\": \"stop\", \"message\": {\"content\": \"half \\ud83d\"}}"));
        run();
        assertThat(output()).hasSize(2);
        assertThat(messages)
                .startsWith(
                        "1 answer is cut off at the most tokens of an answer, so the prompt is left out: prompts.jsonl:1",
                        "1 answer is withheld by the server's content filter, so the prompt is left out: prompts.jsonl:2",
                        "1 answer is declined by the model, so the prompt is left out: prompts.jsonl:3 (I cannot.)",
                        "1 answer is empty, so the prompt is left out: prompts.jsonl:4",
                        "1 answer is rejected by the server, so the prompt is left out: prompts.jsonl:5 (The teacher's"
                                + " server " + teacher.name()
                                + " answered with status 400: {\"error\": {\"message\": \"no, Bearer [key]\"}}.)",
                        "1 answer is not fit for a dataset, so the prompt is left out: prompts.jsonl:6 (prompts.jsonl:6:"
                                + " completion contains half a character (a lone surrogate).)");

        // Only the rejected prompt cost nothing.
        run();
        assertThat(teacher.asked()).hasSize(9);
        assertThat(teacher.asked()).containsOnlyOnce("p0", "p1", "p2", "p3", "p5");

        spec.set("distill.maxUnanswered: 0.25");
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "5 prompts of 8 have no usable answer, more than distill.maxUnanswered allows (2): 1"
                                + " answer is cut off");
    }

    @Test
    void stopsWhereTheServerRejectsEveryPrompt() throws IOException {
        spec.set("distill.concurrency: 1", "distill.maxUnanswered: 1");
        lines(
                "prompts.jsonl",
                "{\"prompt\": \"a\"}",
                "{\"prompt\": \"b\"}",
                "{\"prompt\": \"c\"}",
                "{\"prompt\": \"d\"}");
        teacher.queue.addAll(List.of("400", "400", "400", "400"));
        assertThatThrownBy(this::run)
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("status 400")
                .hasMessageContaining("It rejects every prompt.");
        assertThat(teacher.requests).hasSize(3);
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
    void takesAKeyAsFilesHaveIt() {
        assertThat(new ApiKey("abc\n", "the variable").secret()).isEqualTo("abc");
        assertThatThrownBy(() -> new ApiKey("a b", "the variable"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The API key from the variable has characters that a key cannot have, such as white space. Set"
                                + " it anew.");
        assertThat(new ApiKey("abc", "the variable")).hasToString("the variable");
    }

    @Test
    void needsItsSection() {
        assertThatThrownBy(() -> Distillation.of(TestSpec.with(), folders()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The spec has no section distill. It names the prompts, the output and the teacher of"
                        + " ft:distill.");
    }

    private Distillation open() {
        return Distillation.of(spec.spec(), folders());
    }

    private Distillation.Folders folders() {
        return new Distillation.Folders(directory, directory, directory.resolve("cache"));
    }

    private void run() throws IOException {
        messages.clear();
        open().run(
                        new ApiKey(SECRET, "the environment variable TEACHER_KEY"),
                        new HttpRequests.Patience(timeout, 3, Duration.ofMillis(1), Duration.ofSeconds(2)),
                        messages::add,
                        (done, total) -> {});
    }

    private void refused(String message) {
        assertThatThrownBy(this::open).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    private List<String> output() throws IOException {
        return Files.readAllLines(directory.resolve("out/distilled.jsonl"));
    }

    private void lines(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path each : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
