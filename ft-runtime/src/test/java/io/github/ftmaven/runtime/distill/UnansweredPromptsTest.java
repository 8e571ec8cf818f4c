package io.github.ftmaven.runtime.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnansweredPromptsTest extends DistillationFixture {
    UnansweredPromptsTest() throws IOException {}

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
                .isInstanceOf(TeacherException.class)
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
                .isInstanceOf(TeacherException.class)
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
                        "1 answer is declined by the teacher, so the prompt is left out: prompts.jsonl:3 (I cannot.)",
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
                .isInstanceOf(TeacherException.class)
                .hasMessageContaining("status 400")
                .hasMessageContaining("It rejects every prompt.");
        assertThat(teacher.requests).hasSize(3);
    }

    @Test
    void doesNotCountRequestsThatTheServerTurnsAway() throws IOException {
        spec.set("distill.maxRequests: 3", "distill.concurrency: 1");
        teacher.queue.addAll(List.of("429", "503", "", "429 1"));
        run();
        assertThat(output()).hasSize(3);
        assertThat(teacher.requests).hasSize(6);
    }
}
