package io.github.ftmaven.runtime.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that are asked over HTTP. */
class ProviderTest {
    private final List<String> requests = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            String answer = answers.pop();
            int status = answer.matches("[0-9]{3}") ? Integer.parseInt(answer) : 200;
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asksAServerThatSpeaksOpenAi() throws IOException {
        answers.add("503");
        answers.add(
                "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}");
        List<ResultRow> rows = run("""
                prompts: ["How are {{who}}?"]
                providers:
                  - id: openai:chat:tiny
                    config: {apiBaseUrl: "http://127.0.0.1:%d/v1/", max_tokens: 9}
                tests:
                  - vars: {who: you}
                    assert: [{type: equals, value: fine}, {type: finish-reason, value: STOP}, {type: latency, threshold: 60000}]
                """);
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.passed()).as(row.reason()).isTrue());
        assertThat(requests)
                .hasSize(2)
                .last()
                .isEqualTo(
                        "POST /v1/chat/completions Bearer key-of-the-test {\"model\":\"tiny\",\"messages\":[{\"role\":\"user\","
                                + "\"content\":\"How are you?\"}],\"temperature\":0,\"max_tokens\":9}");
    }

    @Test
    void anErrorIsNoLowScore() throws IOException {
        answers.add("400");
        answers.add("no json");
        List<ResultRow> rows = run("""
                prompts: ["{{x}}"]
                providers:
                  - {id: "openai:chat:tiny", config: {apiBaseUrl: "http://127.0.0.1:%d"}}
                evaluateOptions: {maxConcurrency: 1}
                defaultTest: {assert: [{type: contains, value: a}]}
                tests: [{vars: {x: a}}, {vars: {x: b}}]
                """);
        assertThat(rows).allSatisfy(row -> assertThat(row.graded()).isNull());
        assertThat(rows.get(0).error()).startsWith("Error: 127.0.0.1:").endsWith(" answered with status 400: 400");
        assertThat(rows.get(1).error()).endsWith(" did not answer with JSON: no json");
        assertThat(Tally.of(rows).errors()).isEqualTo(2);
    }

    @Test
    void anAddressThatIsNoneIsRefusedByName() {
        for (String address : List.of("localhost:8000", "a b", "ftp://h/v1")) {
            assertThatThrownBy(() -> run(String.format(Locale.ROOT, """
                            prompts: [a]
                            providers: [{id: "openai:chat:tiny", config: {apiBaseUrl: "%s", port: %%d}}]
                            tests: [{assert: [{type: contains, value: a}]}]
                            """, address)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("the provider openai:chat:tiny: its apiBaseUrl is not a URL. Use one like"
                            + " http://localhost:8000/v1.");
        }
    }

    @Test
    void asksAnyAddress() throws IOException {
        answers.add("{\"answer\": {\"text\": \"deep\"}}");
        List<ResultRow> rows = run("""
                prompts: ["How \\"deep\\"?"]
                providers:
                  - id: "http://127.0.0.1:%d/ask/{{to}}"
                    config: {method: POST, body: {q: "{{prompt}}"}, transformResponse: json.answer.text}
                tests: [{vars: {to: river}, assert: [{type: equals, value: deep}]}]
                """);
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.passed()).as(row.reason()).isTrue());
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /ask/river null ")
                .contains("How \\\"deep\\\"?");
    }

    @Test
    void asksSeveralQuestionsAtATimeInOrder() throws IOException {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.createContext("/slow", exchange -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            String path = exchange.getRequestURI().getPath();
            try {
                Thread.sleep(path.endsWith("/0") ? 400 : 150);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            open.decrementAndGet();
            exchange.sendResponseHeaders(200, path.length());
            exchange.getResponseBody().write(path.getBytes(UTF_8));
            exchange.close();
        });
        String yaml = """
                prompts: [a]
                providers: [{id: "http://127.0.0.1:%%d/slow/{{n}}", config: {method: GET}}]
                tests: [{vars: {n: ["0", "1", "2", "3", "4", "5"]}, assert: [{type: equals, value: "/slow/{{n}}"}]}]
                evaluateOptions: {maxConcurrency: %d, timeoutMs: %d}
                """;
        List<ResultRow> rows = run(String.format(Locale.ROOT, yaml, 3, 60_000));
        assertThat(rows).extracting(ResultRow::testIndex).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.passed()).as(row.reason()).isTrue());
        assertThat(most.get()).isEqualTo(3);
        List<ResultRow> impatient = run(String.format(Locale.ROOT, yaml, 3, 300));
        assertThat(impatient).extracting(ResultRow::passed).containsExactly(false, true, true, true, true, true);
        assertThat(impatient.get(0).error()).isEqualTo("Error: no answer within evaluateOptions.timeoutMs, 300 ms");
    }

    private List<ResultRow> run(String yaml) throws IOException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(
                file, String.format(Locale.ROOT, yaml, server.getAddress().getPort()));
        Suite suite = SuiteReader.read(file, "s.yaml", false, Map.of());
        return new SuiteRun(suite, Map.of("OPENAI_API_KEY", "key-of-the-test"), Map.of(), (done, total) -> {}).run();
    }
}
