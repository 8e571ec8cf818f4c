package io.github.ftmaven.runtime.completions;

import io.github.ftmaven.runtime.http.HttpRequests;
import java.net.URI;

/**
 * A server, and what messages say of it.
 *
 * @param url the base URL, up to and including {@code /v1}
 * @param title what it is, such as {@code The teacher's server}
 * @param urlKey the key of the spec that holds the URL
 * @param notFound the advice where the server does not know the model or the path
 */
public record ChatPlace(String url, String title, String urlKey, String notFound) {
    /** The server without its path. */
    public String server() {
        return HttpRequests.server(URI.create(url));
    }

    /** Where questions are sent. */
    URI questions() {
        return URI.create(url.replaceFirst("/+$", "") + "/chat/completions");
    }
}
