package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Sends requests to providers and judges, and retries with growing pauses while a server is busy or unreachable. As
 * with promptfoo, the environment variables {@code REQUEST_TIMEOUT_MS} and {@code PROMPTFOO_REQUEST_BACKOFF_MS} set
 * the timeout and the first pause.
 */
final class HttpExchange {
    private static final int ATTEMPTS = 4;
    private static final long TIMEOUT_MS = 300_000;
    private static final long WEBHOOK_TIMEOUT_MS = 5_000;
    private static final long PAUSE_MS = 1_000;
    private static final int SHOWN = 300;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    private final Duration timeout;
    private final long pauseMs;

    private HttpExchange(Duration timeout, long pauseMs) {
        this.timeout = timeout;
        this.pauseMs = pauseMs;
    }

    static HttpExchange ofProviders(Map<String, String> environment) {
        return new HttpExchange(
                Duration.ofMillis(number(environment, "REQUEST_TIMEOUT_MS", TIMEOUT_MS)), pause(environment));
    }

    static HttpExchange ofWebhooks(Map<String, String> environment) {
        return new HttpExchange(
                Duration.ofMillis(number(environment, "WEBHOOK_TIMEOUT", WEBHOOK_TIMEOUT_MS)), pause(environment));
    }

    private static long pause(Map<String, String> environment) {
        return number(environment, "PROMPTFOO_REQUEST_BACKOFF_MS", PAUSE_MS);
    }

    private static long number(Map<String, String> environment, String name, long fallback) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            return fallback;
        }
        if (!value.strip().matches("[1-9][0-9]{0,8}")) {
            throw new InvalidInputException("the environment variable " + name + " is '" + value
                    + "', but must be a number of milliseconds, at least 1.");
        }
        return Long.parseLong(value.strip());
    }

    /** The body of a successful response. */
    String send(URI uri, String method, Map<String, String> headers, String body) throws ProviderException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
        headers.forEach(request::header);
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        String problem = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(pauseMs << (attempt - 1));
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    return answer.body();
                }
                problem =
                        server(uri) + " answered with status " + answer.statusCode() + ": " + shortened(answer.body());
                if (answer.statusCode() != 429 && answer.statusCode() / 100 != 5) {
                    throw new ProviderException(problem);
                }
            } catch (IOException e) {
                problem = server(uri) + " cannot be reached: " + e.getClass().getSimpleName()
                        + (e.getMessage() == null ? "" : ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProviderException("interrupted");
            }
        }
        throw new ProviderException(problem + " (tried " + ATTEMPTS + " times)");
    }

    /** A server as messages name it: without any user name and password from its URL. */
    static String server(URI uri) {
        return uri.getHost() == null ? "the server" : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    static String shortened(String text) {
        return Shown.line(text, SHOWN);
    }
}
