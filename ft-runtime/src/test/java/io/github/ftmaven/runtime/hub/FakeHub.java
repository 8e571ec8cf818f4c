package io.github.ftmaven.runtime.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two servers that behave like a hub and its content store: small files are answered after a redirect within the hub,
 * large ones by a redirect to the store, whose addresses are signed.
 */
public final class FakeHub implements AutoCloseable {
    public static final String ID = "acme/tiny";
    public static final String COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775";
    static final String SIGNATURE = "X-Signature=not-for-logs";

    private static final int LARGE = 1000;

    final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** What happens to the next requests of a path's last part: one each, before any is served. */
    final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();

    /** Every request: {@code hub GET /…} or {@code store GET /…}, and its range. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What requests to the store bore as authorization. */
    final List<String> leaks = new CopyOnWriteArrayList<>();

    @Nullable
    String token;

    private final HttpServer hub;
    private final HttpServer store;

    /** One fault. */
    sealed interface Fault {
        /** An answer that is none. */
        record Status(int status, Map<String, String> headers) implements Fault {}

        /** The connection ends after so many bytes of the body. */
        record Cut(int bytes) implements Fault {}

        /** One byte of the body is another. */
        record Corrupt() implements Fault {}

        /** A redirect to somewhere. */
        record Redirect(String location) implements Fault {}
    }

    public FakeHub() throws IOException {
        hub = server("hub");
        store = server("store");
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    public FakeHub file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    FakeHub fault(String name, Fault... more) {
        faults.computeIfAbsent(name, n -> new ConcurrentLinkedDeque<>()).addAll(Arrays.asList(more));
        return this;
    }

    private HttpServer server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(name + " " + exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
            try (exchange) {
                if (name.equals("hub")) {
                    hub(exchange);
                } else {
                    store(exchange);
                }
            }
        });
        server.start();
        return server;
    }

    private void hub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.replaceFirst(".*/(" + COMMIT + "|main)/", "");
        if (token != null
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            error(exchange, 401, "");
            return;
        }
        if (refused(exchange, file)) {
            return;
        }
        if (path.startsWith("/api/") && path.contains("/" + ID + "/revision/")) {
            list(exchange, path.substring(path.lastIndexOf('/') + 1));
            return;
        }
        if (!path.contains("/" + ID + "/")) {
            error(exchange, 404, "RepoNotFound");
            return;
        }
        if (!path.contains("/" + COMMIT + "/") && !path.contains("/main/")) {
            error(exchange, 404, "RevisionNotFound");
            return;
        }
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        byte[] content = files.get(file);
        if (content == null) {
            error(exchange, 404, "EntryNotFound");
            return;
        }
        if (content.length >= LARGE) {
            exchange.getResponseHeaders().set("X-Linked-Etag", '"' + sha256(content) + '"');
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
            redirect(
                    exchange,
                    "http://127.0.0.1:" + store.getAddress().getPort() + "/" + sha256(content) + "/" + file + "?"
                            + SIGNATURE);
        } else if (path.startsWith("/api/resolve-cache/")) {
            serve(exchange, content, '"' + gitSha1(content) + '"', null);
        } else {
            String kind = path.startsWith("/datasets/") ? "datasets/" : "models/";
            redirect(exchange, "/api/resolve-cache/" + kind + ID + "/" + COMMIT + "/" + file.replace(" ", "%20"));
        }
    }

    private void list(HttpExchange exchange, String revision) throws IOException {
        if (!revision.equals(COMMIT) && !revision.equals("main")) {
            error(exchange, 404, "RevisionNotFound");
            return;
        }
        String siblings = files.keySet().stream()
                .sorted()
                .map(name -> "{\"rfilename\": \"" + name + "\"}")
                .collect(Collectors.joining(", "));
        byte[] answer =
                ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + siblings + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private void store(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            leaks.add(authorization);
        }
        String path = exchange.getRequestURI().getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        Fault fault = next("store:" + file);
        if (fault instanceof Fault.Status status) {
            status.headers()
                    .forEach((key, value) -> exchange.getResponseHeaders().set(key, value));
            error(exchange, status.status(), "");
            return;
        }
        serve(exchange, files.getOrDefault(file, new byte[0]), "\"of the store\"", fault);
    }

    private boolean refused(HttpExchange exchange, String file) throws IOException {
        Fault fault = next(file);
        if (fault instanceof Fault.Status status) {
            status.headers()
                    .forEach((key, value) -> exchange.getResponseHeaders().set(key, value));
            error(exchange, status.status(), "");
        } else if (fault instanceof Fault.Redirect target) {
            redirect(exchange, target.location());
        }
        return fault != null;
    }

    private @Nullable Fault next(String name) {
        return faults.getOrDefault(name, new ArrayDeque<>()).poll();
    }

    private static void serve(HttpExchange exchange, byte[] content, String etag, @Nullable Fault fault)
            throws IOException {
        exchange.getResponseHeaders().set("ETag", etag);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (from > 0 && from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        byte[] body = Arrays.copyOfRange(content, from, content.length);
        if (fault instanceof Fault.Corrupt) {
            body[body.length / 2] ^= 1;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, fault instanceof Fault.Cut cut ? Math.min(cut.bytes(), body.length) : body.length);
        out.flush();
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        if (!code.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", code);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    static String sha256(byte[] content) {
        return hex("SHA-256", content);
    }

    static String gitSha1(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return hex("SHA-1", all);
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }
}
