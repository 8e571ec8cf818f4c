package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What servers of chat completions and embeddings answer, and those whose answers the suite transforms itself. */
class ProviderAnswerFuzzTest extends FuzzedReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(5));
    private volatile byte[] answer = new byte[0];

    ProviderAnswerFuzzTest() throws IOException {
        super("provider-answer");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        scripts.close();
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                text("""
                        {"id": "x", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant",
                         "content": "It is 7."}, "logprobs": {"content": [{"token": "It", "logprob": -0.5}]}}],
                         "usage": {"prompt_tokens": 7, "completion_tokens": 4, "total_tokens": 11}}"""),
                text("""
                        {"choices": [{"finish_reason": "tool_calls", "message": {"content": null, "tool_calls": [{"id": "c",
                         "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]}}]}"""),
                text(
                        "{\"data\": [{\"index\": 0, \"embedding\": [0.5, -0.25, 1]}], \"usage\": {\"prompt_tokens\": 3}}"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        answer = input;
        try {
            if (new String(input, StandardCharsets.ISO_8859_1).contains("embedding")) {
                new OpenAiEmbedding(spec("openai:embedding:m"), Map.of()).embed("a text");
            } else {
                new OpenAiProvider(spec("openai:chat:m"), Map.of()).ask("Where?", JSON.createObjectNode());
                transforming().ask("Where?", JSON.createObjectNode());
            }
        } catch (ProviderException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private HttpProvider transforming() {
        ObjectNode none = JSON.createObjectNode();
        PromptRendering rendering =
                new PromptRendering(new Nunjucks(scripts, none), scripts, new SuiteFiles(directory), none, none);
        String transform = "json.choices ? json.choices[0].message : text.length";
        ObjectNode config = JSON.createObjectNode().put("url", address()).put("transformResponse", transform);
        return new HttpProvider(spec("http", config), rendering, scripts, Map.of());
    }

    private ProviderSpec spec(String type) {
        return spec(type, JSON.createObjectNode().put("apiBaseUrl", address()));
    }

    private static ProviderSpec spec(String type, ObjectNode config) {
        return new ProviderSpec(type, type, type, config, List.of(), null, 0);
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }
}
