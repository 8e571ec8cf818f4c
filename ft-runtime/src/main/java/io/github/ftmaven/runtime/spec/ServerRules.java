package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Checks the keys that say where a server is and what it lets in. */
final class ServerRules {
    private final String section;
    private final SpecKeys keys;

    /** Prepares the rules for the section at a path, which may be missing. */
    ServerRules(String section, SpecKeys keys) {
        this.section = section;
        this.keys = keys;
    }

    void check() {
        urlIsPlain();
        keyComesFromOnePlace();
    }

    private void urlIsPlain() {
        JsonNode url = keys.at(section + ".url");
        if (!url.isTextual()) {
            return;
        }
        Optional<URI> uri = uri(url.textValue());
        if (uri.isPresent() && uri.get().getUserInfo() != null) {
            keys.refuse(
                    section + ".url",
                    section + ".url has a user or password in it, which would be committed;"
                            + " use apiKeyEnvironment or server");
        } else if (uri.isEmpty() || !isPlain(uri.get())) {
            keys.refuse(section + ".url", section + ".url is not a URL like http://localhost:8000/v1");
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
        if (keys.at(section + ".apiKeyEnvironment").isTextual()
                && keys.at(section + ".server").isTextual()) {
            keys.refuse(
                    section + ".server",
                    section + ".server and " + section + ".apiKeyEnvironment both name the API key;"
                            + " remove one of them");
        }
    }
}
