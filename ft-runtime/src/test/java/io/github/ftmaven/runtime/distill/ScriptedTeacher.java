package io.github.ftmaven.runtime.distill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** A server whose models all answer with the last message in upper case, unless something else is queued. */
public final class ScriptedTeacher implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Bodies of all requests. */
    public final List<JsonNode> requests = new ArrayList<>();

    /** Of every request its key. */
    public final List<String> keys = new ArrayList<>();

    /**
     * What happens instead, first come, first served: a status, optionally with a Retry-After ({@code 429 1}); {@code
     * cut} for half a body, {@code slow} for a body that does not end, {@code raw TEXT} for another body, {@code choice
     * JSON} for another choice, {@code free} for an answer without usage.
     */
    public final Deque<String> queue = new ArrayDeque<>();

    /** The models that it says it has. */
    public final Set<String> models = new HashSet<>();

    private final HttpServer server;
    private int waiting;
    private int mostWaiting;

    /** Starts it. */
    public ScriptedTeacher() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "teacher");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/chat/completions", this::answer);
        server.createContext("/v1/models/", exchange -> {
            try (exchange) {
                boolean isThere =
                        models.contains(exchange.getRequestURI().getPath().substring("/v1/models/".length()));
                send(exchange, isThere ? 200 : 404, "{\"id\": \"x\"}", 0);
            }
        });
        server.start();
    }

    /** Its host and port, as messages and rows name it. */
    public String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Its base URL. */
    public String url() {
        return "http://" + name() + "/v1";
    }

    /** The most requests that it had at the same time. */
    synchronized int mostWaiting() {
        return mostWaiting;
    }

    /** The last messages of all requests. */
    public synchronized List<String> asked() {
        return requests.stream().map(ScriptedTeacher::last).sorted().toList();
    }

    private static String last(JsonNode body) {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String queued;
        synchronized (this) {
            requests.add(body);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            queued = queue.isEmpty() ? "" : queue.poll();
            waiting++;
            mostWaiting = Math.max(mostWaiting, waiting);
        }
        try (exchange) {
            answer(exchange, body, queued);
        } finally {
            synchronized (this) {
                waiting--;
            }
        }
    }

    private void answer(HttpExchange exchange, JsonNode body, String queued) throws IOException {
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String[] words = queued.split(" ", 2);
        if (words[0].matches("[0-9]{3}")) {
            if (words.length > 1) {
                exchange.getResponseHeaders().set("Retry-After", words[1]);
            }
            send(exchange, Integer.parseInt(words[0]), "{\"error\": {\"message\": \"no, " + key + "\"}}", 0);
        } else if (queued.equals("cut")) {
            send(exchange, 200, normal(body, "stop"), 30);
        } else if (queued.equals("slow")) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause(4_000);
        } else if (words[0].equals("raw")) {
            send(exchange, 200, words[1], 0);
        } else if (words[0].equals("choice")) {
            send(
                    exchange,
                    200,
                    "{\"choices\": [" + words[1] + "], \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 5}}",
                    0);
        } else if (queued.equals("free")) {
            ObjectNode answer = (ObjectNode) JSON.readTree(normal(body, "stop"));
            answer.remove("usage");
            send(exchange, 200, answer.toString(), 0);
        } else {
            pause(20);
            send(exchange, 200, normal(body, "stop"), 0);
        }
    }

    private static String normal(JsonNode body, String finish) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("choices")
                .addObject()
                .put("finish_reason", finish)
                .putObject("message")
                .put("role", "assistant")
                .put("content", last(body).toUpperCase(Locale.ROOT));
        answer.putObject("usage").put("prompt_tokens", 10).put("completion_tokens", 5);
        return answer.toString();
    }

    private static void send(HttpExchange exchange, int status, String text, int cut) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length - cut);
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
