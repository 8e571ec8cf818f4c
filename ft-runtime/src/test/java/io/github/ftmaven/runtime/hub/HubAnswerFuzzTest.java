package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a hub answers: status, headers and content. Every request gets the same answer, also one to another host. */
class HubAnswerFuzzTest extends FuzzedReader {
    private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final @Nullable ProxySelector proxies = ProxySelector.getDefault();
    private volatile byte[] answer = new byte[0];
    private final ServerSocket server;

    HubAnswerFuzzTest() throws IOException {
        super("hub-answer");
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void serve() {
        Thread thread = new Thread(this::answer, "hub");
        thread.setDaemon(true);
        thread.start();
        // Nothing that a redirect names may be asked in earnest.
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                boolean own = "localhost".equals(uri.getHost()) && uri.getPort() == server.getLocalPort();
                return List.of(
                        own
                                ? Proxy.NO_PROXY
                                : new Proxy(
                                        Proxy.Type.HTTP,
                                        new InetSocketAddress(server.getInetAddress(), server.getLocalPort())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    }

    @AfterEach
    void stop() throws IOException {
        ProxySelector.setDefault(proxies);
        server.close();
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                OutputStream out = socket.getOutputStream();
                out.write(answer);
                out.flush();
            } catch (SocketException e) {
                // The client had enough, or the test is over.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    protected List<byte[]> seeds() {
        String commit = "X-Repo-Commit: " + FakeHub.COMMIT + "\r\n";
        return List.of(
                text("HTTP/1.1 200 OK\r\n" + commit + "ETag: \"" + FakeHub.gitSha1(CONTENT)
                        + "\"\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"),
                text("HTTP/1.1 206 Partial Content\r\n" + commit + "X-Linked-Etag: W/\"" + FakeHub.sha256(CONTENT)
                        + "\"\r\nX-Linked-Size: 2\r\nContent-Range: bytes 0-1/2\r\nConnection: close\r\n\r\n{}"),
                text("HTTP/1.1 200 OK\r\n" + commit + "ETag: \"" + FakeHub.gitSha1(CONTENT)
                        + "\"\r\nX-Linked-Size: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "2\r\n{}\r\n0\r\n\r\n"));
    }

    /** Answers that are refused as they are. */
    private static final List<String> REFUSALS = List.of(
            "HTTP/1.1 302 Found\r\nLocation: /there\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://other.test/x?secret=1\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nX-Error-Code: RevisionNotFound\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 429 Too Many\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");

    @Override
    protected List<byte[]> beginnings() {
        return Stream.concat(seeds().stream(), REFUSALS.stream().map(HubAnswerFuzzTest::text))
                .toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        answer = input;
        Path cache = directory.resolve("cache");
        Directories.delete(cache);
        HubSettings settings =
                new HubSettings(URI.create("http://localhost:" + server.getLocalPort()), null, cache, false);
        try {
            new Hub(settings, new SilentListener(), duration -> {})
                    .fetch(
                            new HubModel(FakeHub.ID, "main"),
                            new HubFiles(List.of("config.json"), List.of("chat_template.jinja"), List.of()));
        } catch (HubException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
