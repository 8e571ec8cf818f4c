package io.github.ftmaven.runtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the hub leads through a proxy that asks for a password. */
class ProxyLoginTest {
    private static final String PASSWORD = "notForLogs";
    private static final HubFiles WANTED = new HubFiles(List.of("config.json"), List.of(), List.of());
    private static final HubModel MODEL = new HubModel(FakeHub.ID, FakeHub.COMMIT);

    private final @Nullable ProxySelector proxies = ProxySelector.getDefault();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket proxy;

    @TempDir
    private Path cache;

    @BeforeEach
    void serve() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answer, "proxy");
        thread.setDaemon(true);
        thread.start();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    }

    @AfterEach
    void stop() throws IOException {
        ProxySelector.setDefault(proxies);
        System.clearProperty("http.proxyUser");
        System.clearProperty("http.proxyPassword");
        proxy.close();
    }

    @Test
    void saysWhatAddsThePassword() {
        assertThatThrownBy(() -> hub("http").fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(
                        "hub.acme.test: config.json cannot be requested: the proxy asks for a password (status 407)."
                                + " Add -Dhttp.proxyUser=USER -Dhttp.proxyPassword=PASSWORD to MAVEN_OPTS.");
        assertThatThrownBy(() -> hub("https").fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(
                        "hub.acme.test: config.json cannot be requested: the proxy asks for a password (status 407)."
                                + " Add -Dhttps.proxyUser=USER -Dhttps.proxyPassword=PASSWORD"
                                + " -Djdk.http.auth.tunneling.disabledSchemes= to MAVEN_OPTS.");
        assertThat(requests).hasSize(2);
    }

    @Test
    void givesThePasswordToTheProxyAlone() throws IOException {
        System.setProperty("http.proxyUser", "jo");
        System.setProperty("http.proxyPassword", PASSWORD);

        assertThat(hub("http").fetch(MODEL, WANTED).directory().resolve("config.json"))
                .hasContent("{}");
        assertThat(requests).anyMatch(request -> request.startsWith("GET") && request.endsWith("jo:" + PASSWORD));
    }

    @Test
    void saysThatThePasswordIsWrong() {
        System.setProperty("http.proxyUser", "jo");
        System.setProperty("http.proxyPassword", "wrong");

        assertThatThrownBy(() -> hub("http").fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage("hub.acme.test: config.json cannot be requested: the proxy does not accept the user and"
                        + " password of -Dhttp.proxyUser and -Dhttp.proxyPassword (status 407).");
        assertThat(requests)
                .as("wrong passwords, which lock an account")
                .filteredOn(request -> request.endsWith("jo:wrong"))
                .hasSize(1);
    }

    private void answer() {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String first = String.valueOf(request.readLine());
                String login = "";
                for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: basic ")) {
                        login = new String(
                                Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)),
                                StandardCharsets.UTF_8);
                    }
                }
                requests.add(first + " " + login);
                String headers = login.equals("jo:" + PASSWORD)
                        ? "200 OK\r\nContent-Length: 2"
                        : "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=acme\r\nContent-Length: 0";
                String body = headers.startsWith("200") && first.startsWith("GET") ? "{}" : "";
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + headers + "\r\nConnection: close\r\n\r\n" + body)
                                .getBytes(StandardCharsets.UTF_8));
            } catch (SocketException e) {
                // The client had enough, or the test is over.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Hub hub(String scheme) {
        return new Hub(
                new HubSettings(URI.create(scheme + "://hub.acme.test"), null, cache, false),
                new SilentListener(),
                duration -> {
                    throw new AssertionError("must not try again");
                });
    }
}
