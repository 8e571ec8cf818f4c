package io.github.ftmaven.runtime.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A repository manager that serves a hub below a path, without the hub's own headers. */
final class FakeMirror implements AutoCloseable {
    private static final String ROOT = "/repository/hub";
    private static final String FILES = ROOT + "/" + FakeHub.ID + "/resolve/" + FakeHub.COMMIT + "/";

    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The headers of an answer by its content. */
    Function<byte[], Map<String, String>> headers = content -> Map.of();

    /** Files that are listed, and not found. */
    final List<String> lost = new CopyOnWriteArrayList<>();

    /** Where every request is redirected; empty for nowhere. */
    String login = "";

    /** What it answers where the redirect leads, unless that is a page. */
    int loginStatus = 404;

    /** The login that it asks for; empty for none. */
    String challenge = "";

    private final HttpServer server;

    FakeMirror() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + ROOT);
    }

    /** The same server under another name, which is another host. */
    String elsewhere(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] content =
                    files.get(path.replace("/main/", "/" + FakeHub.COMMIT + "/").replace(FILES, ""));
            requests.add(exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1));
            if (path.endsWith("/login")) {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                send(exchange, "<html>Who are you?</html>".getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/none")) {
                exchange.sendResponseHeaders(loginStatus, -1);
            } else if (!challenge.isEmpty()) {
                exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
                exchange.sendResponseHeaders(401, -1);
            } else if (!login.isEmpty()) {
                exchange.getResponseHeaders().set("Location", login);
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals(ROOT + "/api/models/" + FakeHub.ID + "/revision/" + FakeHub.COMMIT)) {
                send(exchange, list().getBytes(StandardCharsets.UTF_8));
            } else if (content != null) {
                headers.apply(content)
                        .forEach((key, value) -> exchange.getResponseHeaders().set(key, value));
                send(exchange, content);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private String list() {
        String names = Stream.concat(files.keySet().stream(), lost.stream())
                .map(name -> "{\"rfilename\": \"" + name + "\"}")
                .collect(Collectors.joining(", "));
        return "{\"sha\": \"" + FakeHub.COMMIT + "\", \"siblings\": [" + names + "]}";
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
