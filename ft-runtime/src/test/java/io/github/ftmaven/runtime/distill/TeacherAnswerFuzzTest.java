package io.github.ftmaven.runtime.distill;

import com.sun.net.httpserver.HttpServer;
import io.github.ftmaven.runtime.completions.AnswerCache;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.completions.ChatServer;
import io.github.ftmaven.runtime.dataset.Prompts;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpMeter;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.spec.DistillSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a teacher's server answers, kept and put into its row. */
class TeacherAnswerFuzzTest extends FuzzedReader {
    private final HttpServer server;
    private volatile byte[] answer = new byte[0];

    TeacherAnswerFuzzTest() throws IOException {
        super("teacher-answer");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() throws IOException {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        Files.writeString(directory.resolve("test.jsonl"), "{\"prompt\": \"t\", \"completion\": \"u\"}\n");
        Files.writeString(
                directory.resolve("prompts.jsonl"), "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                bytes("""
                        {"id": "x", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant",
                         "content": "It is 7."}}], "usage": {"prompt_tokens": 7, "completion_tokens": 4}}"""),
                bytes("""
                        {"choices": [{"finish_reason": "tool_calls", "message": {"content": null, "tool_calls": [{"id": "c",
                         "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]}}]}"""),
                bytes("{\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"refusal\": \"I cannot.\"}}]}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        answer = input;
        FineTuneSpec spec = new TestSpec()
                .set("distill.prompts: prompts.jsonl", "distill.output: out.jsonl", "distill.maxRequests: 1")
                .set("distill.teacher.model: big")
                .put(
                        "distill.teacher.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                .spec();
        DistillSpec distill = Objects.requireNonNull(spec.outside().distill());
        Path output = directory.resolve("out.jsonl");
        Prompts prompts = Prompts.read(spec, distill, directory, output, new ProjectPaths(directory));
        TeacherQuestion question = TeacherQuestion.of(prompts.rows().get(0), distill.teacher(), null);
        HttpRequests.Patience patience =
                new HttpRequests.Patience(Duration.ofSeconds(1), 1, Duration.ZERO, Duration.ZERO);
        try {
            ChatAnswer read = new ChatServer(Teacher.place(distill.teacher()), ApiKey.NONE, patience)
                    .ask(question.request(), HttpMeter.FREE);
            AnswerCache cache = new AnswerCache(directory.resolve("cache"));
            cache.put(question.digest(), read);
            AnsweredRows.of(
                            List.of(question),
                            Map.of(
                                    question.digest(),
                                    cache.find(question.digest()).orElseThrow()),
                            distill.teacher())
                    .reasons();
        } catch (ChatException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
