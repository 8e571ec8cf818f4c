package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the keys of {@code distill} against each other. */
final class DistillRules {
    private static final String SECTION = "distill";
    private static final String LIMIT = "max_tokens";
    private static final String OTHER_LIMIT = "max_completion_tokens";

    /** Keys of a request that the goal sets itself. */
    private static final List<String> OWN = List.of("model", "messages", "tools", "stream", "n", "temperature");

    private final JsonNode distill;
    private final Map<String, Place> places;
    private final Problems problems;

    DistillRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.distill = spec.path(SECTION);
        this.places = places;
        this.problems = problems;
    }

    void check() {
        if (!distill.isObject()) {
            return;
        }
        outputIsJsonLines();
        urlIsPlain();
        keyComesFromOnePlace();
        parametersLeaveTheRestAlone();
        spendingIsBounded();
    }

    private void outputIsJsonLines() {
        String output = distill.path("output").asText(".jsonl");
        if (!output.endsWith(".jsonl")) {
            add("output", "distill.output is '" + output + "', but its rows are JSON lines; let it end with .jsonl");
        }
    }

    private void urlIsPlain() {
        JsonNode url = distill.path("teacher").path("url");
        if (!url.isTextual()) {
            return;
        }
        Optional<URI> uri = uri(url.textValue());
        if (uri.isPresent() && uri.get().getUserInfo() != null) {
            add(
                    "teacher.url",
                    "distill.teacher.url has a user or password in it, which would be committed;"
                            + " use apiKeyEnvironment or server");
        } else if (uri.isEmpty() || !isPlain(uri.get())) {
            add("teacher.url", "distill.teacher.url is not a URL like http://localhost:8000/v1");
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
        JsonNode teacher = distill.path("teacher");
        if (teacher.path("apiKeyEnvironment").isTextual()
                && teacher.path("server").isTextual()) {
            add(
                    "teacher.server",
                    "distill.teacher.server and distill.teacher.apiKeyEnvironment both name the API key;"
                            + " remove one of them");
        }
    }

    private void spendingIsBounded() {
        boolean price = distill.path("price").isObject();
        boolean most = distill.path("maxPrice").isNumber();
        if (most && !price) {
            add("maxPrice", "distill.maxPrice needs the teacher's price; set distill.price, or use maxRequests");
        } else if (!most && !distill.path("maxRequests").isNumber()) {
            add(
                    "",
                    "distill has no bound; set " + (price ? "maxPrice" : "price and maxPrice")
                            + ", or maxRequests for a server that costs nothing");
        }
    }

    private void parametersLeaveTheRestAlone() {
        JsonNode parameters = distill.path("teacher").path("parameters");
        for (String key : OWN) {
            boolean removed = key.equals("temperature") && parameters.path(key).isNull();
            if (parameters.has(key) && !removed) {
                add("teacher.parameters", "distill.teacher.parameters has " + key + ", which ft:distill sets itself");
            }
        }
        boolean renamed =
                parameters.path(LIMIT).isNull() && parameters.path(OTHER_LIMIT).isInt();
        if ((parameters.has(LIMIT) || parameters.has(OTHER_LIMIT)) && !renamed) {
            add(
                    "teacher.parameters",
                    "distill.teacher.parameters limits the answers; use teacher.maxTokens, or for a server that knows"
                            + " only max_completion_tokens write {max_tokens: null, max_completion_tokens: NUMBER}");
        }
    }

    private void add(String key, String text) {
        String path = key.isEmpty() ? SECTION : SECTION + "." + key;
        Place place = places.get(path);
        if (place != null && !problems.touch(path)) {
            problems.add(key.isEmpty() ? place.key() : place.value(), path, text);
        }
    }
}
