package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.HttpFailure;
import io.github.ftmaven.runtime.http.HttpMeter;
import io.github.ftmaven.runtime.http.HttpRequests;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Sends requests to providers and judges. As with promptfoo, the environment variables {@code REQUEST_TIMEOUT_MS} and {@code PROMPTFOO_REQUEST_BACKOFF_MS} set
 * the timeout and the first pause.
 */
final class HttpExchange {
    private static final int ATTEMPTS = 4;
    private static final long TIMEOUT_MS = 300_000;
    private static final long WEBHOOK_TIMEOUT_MS = 5_000;
    private static final long PAUSE_MS = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final HttpRequests requests;

    private HttpExchange(Duration timeout, Duration pause) {
        this.requests = new HttpRequests(new HttpRequests.Patience(timeout, ATTEMPTS, pause, LONGEST_PAUSE));
    }

    static HttpExchange ofProviders(Map<String, String> environment) {
        return new HttpExchange(
                Duration.ofMillis(number(environment, "REQUEST_TIMEOUT_MS", TIMEOUT_MS)), pause(environment));
    }

    static HttpExchange ofWebhooks(Map<String, String> environment) {
        return new HttpExchange(
                Duration.ofMillis(number(environment, "WEBHOOK_TIMEOUT", WEBHOOK_TIMEOUT_MS)), pause(environment));
    }

    private static Duration pause(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "PROMPTFOO_REQUEST_BACKOFF_MS", PAUSE_MS));
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
        try {
            return requests.send(uri, method, headers, body, HttpMeter.FREE);
        } catch (HttpFailure e) {
            throw new ProviderException(String.valueOf(e.getMessage()));
        }
    }

    /** A server as messages name it: without any user name and password from its URL. */
    static String server(URI uri) {
        return HttpRequests.server(uri);
    }

    static String shortened(String text) {
        return HttpRequests.shortened(text);
    }
}
