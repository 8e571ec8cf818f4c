package io.github.ftmaven.runtime.http;

import io.github.ftmaven.runtime.error.OneLine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests, and repeats them while the server is busy or unreachable: after the pause that the server asks for, or
 * after growing pauses. Uses the proxies of Java's system properties. Safe for several threads.
 */
public final class HttpRequests {
    private static final int SHOWN = 300;
    private static final long GRACE_MS = 1_000;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    private final Patience patience;

    /**
     * How long to try.
     *
     * @param timeout for a whole response
     * @param pause before the second attempt; each later pause is twice as long
     * @param longestPause a server that asks for more is not asked again
     */
    public record Patience(Duration timeout, int attempts, Duration pause, Duration longestPause) {}

    /** Prepares requests. */
    public HttpRequests(Patience patience) {
        this.patience = patience;
    }

    /**
     * Sends a request until it succeeds.
     *
     * @param body empty for none
     * @return the response's text
     * @throws HttpFailure if no attempt succeeds
     * @throws IllegalArgumentException if the URL or a header is not valid; the message may quote it
     */
    public String send(URI uri, String method, Map<String, String> headers, String body, HttpMeter meter)
            throws HttpFailure {
        return send(
                uri,
                method,
                headers,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body),
                meter);
    }

    /**
     * Sends a request with a body of another kind until it succeeds.
     *
     * @param body can be sent more than once
     * @return the response's text
     * @throws HttpFailure if no attempt succeeds
     */
    public String send(
            URI uri, String method, Map<String, String> headers, HttpRequest.BodyPublisher body, HttpMeter meter)
            throws HttpFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience.timeout);
        headers.forEach(request::header);
        request.method(method, body);
        HttpRequest built = request.build();
        for (int attempt = 1; ; attempt++) {
            if (!meter.admits()) {
                throw new HttpFailure(HttpFailure.Kind.NOT_ALLOWED, "not sent", null);
            }
            try {
                return once(built);
            } catch (HttpFailure e) {
                if (e.kind() != HttpFailure.Kind.LOST && e.kind() != HttpFailure.Kind.INTERRUPTED) {
                    meter.turnedAway();
                }
                if (!e.isTemporary()) {
                    throw e;
                }
                if (attempt == patience.attempts) {
                    throw attempt == 1 ? e : e.with(" (tried " + attempt + " times)");
                }
                pause(e, attempt);
            }
        }
    }

    private String once(HttpRequest request) throws HttpFailure {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            // The client's own timeout ends with the headers.
            HttpResponse<String> response = answer.get(patience.timeout.toMillis() + GRACE_MS, TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw HttpFailure.ofStatus(
                    response.statusCode(),
                    response.body(),
                    RetryAfter.of(response.headers().firstValue("Retry-After").orElse(null)),
                    server(request.uri()) + " answered with status " + response.statusCode() + ": "
                            + shortened(response.body()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpFailure(
                    HttpFailure.Kind.LOST,
                    server(request.uri()) + " did not send its whole answer within " + patience.timeout.toMillis()
                            + " ms",
                    e);
        } catch (ExecutionException e) {
            throw failed(request.uri(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new HttpFailure(HttpFailure.Kind.INTERRUPTED, "interrupted", e);
        }
    }

    private static HttpFailure failed(URI uri, Throwable cause) {
        if (!(cause instanceof IOException)) {
            throw new IllegalStateException("a request ends with a response or an I/O error", cause);
        }
        boolean unsent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        return new HttpFailure(
                unsent ? HttpFailure.Kind.UNREACHABLE : HttpFailure.Kind.LOST,
                server(uri) + " cannot be reached: " + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage()),
                cause);
    }

    private void pause(HttpFailure failure, int attempt) throws HttpFailure {
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(patience.longestPause) > 0) {
            throw failure.with(", and asks for a pause of " + asked.toSeconds() + " s");
        }
        try {
            Thread.sleep(
                    asked == null
                            ? patience.pause.toMillis() << (attempt - 1)
                            : Math.max(asked.toMillis(), patience.pause.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFailure(HttpFailure.Kind.INTERRUPTED, "interrupted", e);
        }
    }

    /** A server as messages name it: without any user name and password from its URL. */
    public static String server(URI uri) {
        return uri.getHost() == null ? "the server" : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** The beginning of a foreign text, on one line. */
    public static String shortened(String text) {
        return OneLine.of(text, SHOWN);
    }
}
