package io.github.ftmaven.runtime.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;

/** A judge by the script of tools/judge_server.py; answers that are queued come first. */
final class ScriptedJudge implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Bodies of all requests. */
    final List<JsonNode> requests = new ArrayList<>();

    /** Of every request its key. */
    final List<String> keys = new ArrayList<>();

    /** What is answered instead: a status of three digits, {@code wait}, or a chat's text. */
    final Deque<String> queue = new ArrayDeque<>();

    private final HttpServer server;

    ScriptedJudge() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String queued;
        synchronized (this) {
            requests.add(body);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            queued = queue.poll();
        }
        int status = 200;
        JsonNode answer;
        if (exchange.getRequestURI().getPath().contains("webhook")) {
            answer = JSON.createObjectNode()
                    .put("pass", body.path("output").asText().contains("good"))
                    .put("score", 0.75)
                    .put("reason", "by the hook");
        } else if ("wait".equals(queued)) {
            sleep();
            answer = JSON.createObjectNode();
        } else if (queued != null && queued.matches("[0-9]{3}")) {
            status = Integer.parseInt(queued);
            answer = JSON.createObjectNode().put("error", "status " + queued);
        } else {
            answer = body.has("input") ? embedding(body) : chat(body, queued);
        }
        byte[] bytes = answer.toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ObjectNode embedding(JsonNode body) {
        String text = body.path("input").asText().toLowerCase(Locale.ROOT);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode vector = answer.putArray("data").addObject().putArray("embedding");
        for (char letter = 'a'; letter <= 'h'; letter++) {
            char wanted = letter;
            vector.add((double) text.chars().filter(c -> c == wanted).count());
        }
        answer.putObject("usage").put("prompt_tokens", text.length()).put("completion_tokens", 0);
        return answer;
    }

    private static ObjectNode chat(JsonNode body, String queued) {
        int asked = 0;
        String last = "";
        for (JsonNode message : body.path("messages")) {
            last = message.path("content").asText();
            asked += last.length();
        }
        String text = queued != null
                ? queued
                : last.substring(last.lastIndexOf("REPLY:") + "REPLY:".length()).strip();
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode choice = answer.putArray("choices").addObject().put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        answer.putObject("usage").put("prompt_tokens", asked).put("completion_tokens", text.length());
        return answer;
    }

    private static void sleep() {
        try {
            Thread.sleep(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
