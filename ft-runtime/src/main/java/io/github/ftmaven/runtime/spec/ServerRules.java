package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the keys that say where a server is and what it lets in. */
final class ServerRules {
    private final String section;
    private final JsonNode server;
    private final Map<String, Place> places;
    private final Problems problems;

    /**
     * Prepares the rules.
     *
     * @param section the path of the section
     * @param server the section, which may be missing
     */
    ServerRules(String section, JsonNode server, Map<String, Place> places, Problems problems) {
        this.section = section;
        this.server = server;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        if (!server.isObject()) {
            return;
        }
        urlIsPlain();
        keyComesFromOnePlace();
    }

    private void urlIsPlain() {
        JsonNode url = server.path("url");
        if (!url.isTextual()) {
            return;
        }
        Optional<URI> uri = uri(url.textValue());
        if (uri.isPresent() && uri.get().getUserInfo() != null) {
            add(
                    "url",
                    section + ".url has a user or password in it, which would be committed;"
                            + " use apiKeyEnvironment or server");
        } else if (uri.isEmpty() || !isPlain(uri.get())) {
            add("url", section + ".url is not a URL like http://localhost:8000/v1");
        }
    }

    private static Optional<URI> uri(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI uri) {
        return uri.getHost() != null
                && List.of("http", "https").contains(uri.getScheme())
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }

    private void keyComesFromOnePlace() {
        if (server.path("apiKeyEnvironment").isTextual()
                && server.path("server").isTextual()) {
            add(
                    "server",
                    section + ".server and " + section + ".apiKeyEnvironment both name the API key;"
                            + " remove one of them");
        }
    }

    private void add(String key, String text) {
        String path = section + "." + key;
        Place place = places.get(path);
        if (place != null && !problems.touch(path)) {
            problems.add(place.value(), path, text);
        }
    }
}
