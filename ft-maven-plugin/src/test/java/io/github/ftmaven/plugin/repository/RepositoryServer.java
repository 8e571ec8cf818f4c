package io.github.ftmaven.plugin.repository;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Serves a directory to who knows the password, and takes files; some of it may be out of order. */
final class RepositoryServer implements AutoCloseable {
    static final String USER = "ci";
    static final String PASSWORD = "secret";

    private final HttpServer server;
    private final Path directory;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> down = path -> false;

    RepositoryServer(Path directory) throws IOException {
        this.directory = directory;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("releases") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on paths like this are answered with 503. */
    void down(Predicate<String> paths) {
        down = paths;
    }

    /** The paths that were asked for with the password. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            Path file = directory.resolve(path.substring(1));
            if (down.test(path)) {
                exchange.sendResponseHeaders(503, -1);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, file);
            } else if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** As a repository of releases does: what is there stays as it is. */
    private static void put(HttpExchange exchange, Path file) throws IOException {
        if (Files.exists(file) && file.toString().endsWith(".zip")) {
            exchange.sendResponseHeaders(409, -1);
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(201, -1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
