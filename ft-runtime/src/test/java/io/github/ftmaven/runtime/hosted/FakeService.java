package io.github.ftmaven.runtime.hosted;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks Together's protocol and OpenAI's. Its jobs go through {@link #statuses}, one at each look, and give
 * {@link #delivered} back.
 */
final class FakeService implements AutoCloseable {
    static final String KEY = "sk-very-secret-0123456789";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> ENDS =
            Set.of("completed", "succeeded", "error", "user_error", "failed", "cancelled");

    /** Every request: {@code GET /fine-tunes}. */
    final List<String> requests = new ArrayList<>();

    /** The jobs in the order of their creation. */
    final List<ObjectNode> jobs = new ArrayList<>();

    /** The uploaded forms by id. */
    final Map<String, String> uploads = new LinkedHashMap<>();

    /** The statuses of a job after its first; then it succeeds. */
    final Deque<String> statuses = new ArrayDeque<>();

    /**
     * What happens at a request in place of the normal answer, first come, first served, by the beginning of {@link
     * #requests}' texts: a status, optionally with a Retry-After and a body ({@code 429 1 {...}}); {@code html}; {@code cut};
     * {@code lost}: it does the work, and the answer breaks off; {@code gone}: nobody listens any more.
     */
    final Map<String, Deque<String>> faults = new HashMap<>();

    /** The files of the adapter by name; one of them is what Together gives. */
    final Map<String, byte[]> delivered = new LinkedHashMap<>();

    final List<String> events = new ArrayList<>(List.of("Training started", "Training completed"));
    String price = "{\"estimated_total_price\": 4.5, \"allowed_to_proceed\": true, \"user_limit\": 100}";
    String limits = "{\"max_num_epochs\": 20, \"max_learning_rate\": 1, \"min_learning_rate\": 1e-8, \"lora_training\":"
            + " {\"max_batch_size\": 64, \"min_batch_size\": 1, \"max_rank\": 64, \"target_modules\": [\"q_proj\","
            + " \"v_proj\"]}}";

    @Nullable
    String error;

    @Nullable
    String digest;

    /** The fine-tune that it keeps after a job; null if it gives adapters back. */
    @Nullable
    String kept;

    /** Whether a key that came along to the store is seen there. */
    final List<String> keysAtTheStore = new ArrayList<>();

    private final HttpServer server;

    FakeService() throws IOException {
        this(0);
    }

    private FakeService(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "service");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.createContext("/store", exchange -> {
            try (exchange) {
                keysAtTheStore.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                send(exchange, 200, first(), 0);
            }
        });
        server.start();
    }

    /** The same service, with its jobs, after it went away. */
    FakeService again() throws IOException {
        FakeService again = new FakeService(server.getAddress().getPort());
        again.jobs.addAll(jobs);
        again.delivered.putAll(delivered);
        return again;
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + host() + "/v1";
    }

    void fault(String request, String... what) {
        faults.computeIfAbsent(request, key -> new ArrayDeque<>()).addAll(List.of(what));
    }

    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(3);
        String request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(
                    exchange,
                    401,
                    error("Invalid key " + exchange.getRequestHeaders().getFirst("Authorization")),
                    0);
            return;
        }
        Deque<String> queue = faults.getOrDefault(request, new ArrayDeque<>());
        String fault = queue.isEmpty() ? "" : queue.poll();
        if (fault.matches("[0-9]{3}.*")) {
            String[] words = fault.split(" ", 3);
            if (words.length > 1 && !words[1].isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", words[1]);
            }
            send(exchange, Integer.parseInt(words[0]), words.length > 2 ? words[2].getBytes(UTF_8) : error("no"), 0);
        } else if (fault.equals("gone")) {
            server.stop(0);
        } else if (fault.equals("html")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            send(exchange, 200, "<html>Please log in</html>".getBytes(UTF_8), 0);
        } else if (fault.startsWith("redirect ")) {
            exchange.getResponseHeaders().set("Location", fault.substring(9));
            exchange.sendResponseHeaders(302, -1);
        } else {
            byte[] normal = normal(exchange, request, path, body);
            int cut = fault.equals("cut") ? normal.length / 2 : fault.equals("lost") ? normal.length : 0;
            if (digest != null && normal == first()) {
                exchange.getResponseHeaders().set("Content-Digest", digest);
            }
            if (normal.length == 0) {
                send(exchange, 404, error("no such thing"), 0);
            } else {
                send(exchange, 200, normal, cut);
            }
        }
    }

    private byte[] normal(HttpExchange exchange, String request, String path, byte[] body) throws IOException {
        String id = path.replaceAll("^.*/((?:ft|file)-[0-9a-z]+).*$", "$1");
        if (request.equals("POST /files/upload") || request.equals("POST /files")) {
            String file = "file-" + (uploads.size() + 1);
            uploads.put(file, new String(body, UTF_8));
            return object("id", file);
        } else if (request.equals("GET /fine-tunes") || request.equals("GET /fine_tuning/jobs")) {
            return page(exchange, jobs);
        } else if (request.equals("POST /fine-tunes") || request.equals("POST /fine_tuning/jobs")) {
            ObjectNode job = (ObjectNode) JSON.readTree(body);
            job.put("id", "ft-" + (jobs.size() + 1)).put("status", "queued");
            jobs.add(job);
            return job.toString().getBytes(UTF_8);
        } else if (request.equals("POST /fine-tunes/estimate-price")) {
            return price.getBytes(UTF_8);
        } else if (path.equals("/fine-tunes/models/limits")) {
            return limits.getBytes(UTF_8);
        } else if (path.equals("/finetune/download") || path.endsWith("/content")) {
            return path.endsWith("/content") ? file(id) : first();
        } else if (path.startsWith("/models/")) {
            return path.equals("/models/" + kept)
                    ? JSON.createObjectNode()
                            .put("id", kept)
                            .put("shutdown_date", "2031-01-14")
                            .toString()
                            .getBytes(UTF_8)
                    : new byte[0];
        } else if (path.startsWith("/files/")) {
            String name =
                    id.startsWith("file-a") ? List.copyOf(delivered.keySet()).get(id.charAt(6) - '0') : "";
            return JSON.createObjectNode()
                    .put("id", id)
                    .put("filename", "checkpoint/" + name)
                    .put("bytes", file(id).length)
                    .toString()
                    .getBytes(UTF_8);
        }
        ObjectNode job = jobs.stream()
                .filter(each -> each.path("id").asText().equals(id))
                .findFirst()
                .orElse(null);
        if (job == null) {
            return new byte[0];
        } else if (path.endsWith("/cancel")) {
            job.put("status", "cancelled");
        } else if (path.endsWith("/events")) {
            return page(exchange, eventList(path.startsWith("/fine_tuning")));
        } else if (path.endsWith("/checkpoints")) {
            return page(exchange, List.of(checkpoint(1, false), checkpoint(3, true)));
        } else if (!statuses.isEmpty() && !ENDS.contains(job.path("status").asText())) {
            job.put("status", statuses.poll()).put("steps_completed", 3).put("total_steps", 6);
            if (error != null) {
                job.putObject("error").put("message", error);
            }
        } else if (!ENDS.contains(job.path("status").asText())) {
            job.put("status", path.startsWith("/fine-tunes") ? "completed" : "succeeded");
        }
        if (kept != null && job.path("status").asText().equals("succeeded")) {
            job.put("fine_tuned_model", kept).put("created_at", 1_700_000_000);
        }
        return job.toString().getBytes(UTF_8);
    }

    private byte[] first() {
        return delivered.values().iterator().next();
    }

    private byte[] file(String id) {
        return List.copyOf(delivered.values()).get(id.charAt(6) - '0');
    }

    private ObjectNode checkpoint(int step, boolean withFiles) {
        ObjectNode checkpoint =
                JSON.createObjectNode().put("id", "ckpt-" + step).put("step_number", step);
        ArrayNode files = checkpoint.putArray("result_files");
        for (int i = 0; withFiles && i < delivered.size(); i++) {
            files.add("file-a" + i);
        }
        return checkpoint;
    }

    /** OpenAI lists the newest first. */
    private List<ObjectNode> eventList(boolean newestFirst) {
        List<ObjectNode> list = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            ObjectNode event = JSON.createObjectNode()
                    .put("id", "event-" + i)
                    .put("hash", "h" + i)
                    .put("created_at", 100 + i)
                    .put("level", events.get(i).startsWith("Bad") ? "error" : "info")
                    .put("message", events.get(i));
            list.add(newestFirst ? 0 : list.size(), event);
        }
        return list;
    }

    /** Pages of two. */
    private static byte[] page(HttpExchange exchange, List<ObjectNode> all) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int from = 0;
        if (query.contains("after=")) {
            String after = query.replaceAll(".*after=([^&]*).*", "$1");
            while (!all.get(from++).path("id").asText().equals(after)) {
                // the next
            }
        }
        boolean paged = query.contains("limit=");
        int to = paged ? Math.min(from + 2, all.size()) : all.size();
        ObjectNode list = JSON.createObjectNode().put("has_more", to < all.size());
        list.putArray("data").addAll(all.subList(from, to));
        return list.toString().getBytes(UTF_8);
    }

    private static byte[] object(String key, String value) {
        return JSON.createObjectNode().put(key, value).toString().getBytes(UTF_8);
    }

    private static byte[] error(String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("message", message);
        return error.toString().getBytes(UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes, int cut) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length - cut);
    }

    /** The body of the only job. */
    JsonNode job() {
        return jobs.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
