package io.github.ftmaven.runtime.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Requests to providers: tried again, ever later, while a server is busy or out of reach. */
final class HttpExchange {
    private static final int ATTEMPTS = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int SHOWN = 300;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    /** The body of a good answer. */
    String send(URI uri, String method, Map<String, String> headers, String body) throws ProviderException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        headers.forEach(request::header);
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        String problem = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(500L << attempt);
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    return answer.body();
                }
                problem = uri.getAuthority() + " answers with status " + answer.statusCode() + ": "
                        + shortened(answer.body());
                if (answer.statusCode() != 429 && answer.statusCode() / 100 != 5) {
                    throw new ProviderException(problem);
                }
            } catch (IOException e) {
                problem = uri.getAuthority() + " cannot be reached: "
                        + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProviderException("interrupted");
            }
        }
        throw new ProviderException(problem + " (tried " + ATTEMPTS + " times)");
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "\u2026";
    }
}
