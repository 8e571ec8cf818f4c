package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.List;
import java.util.Map;

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
        new ServerRules("distill.teacher", distill.path("teacher"), places, problems).check();
        parametersLeaveTheRestAlone();
        spendingIsBounded();
    }

    private void outputIsJsonLines() {
        String output = distill.path("output").asText(".jsonl");
        if (!output.endsWith(".jsonl")) {
            add("output", "distill.output is '" + output + "', but its rows are JSON lines; let it end with .jsonl");
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
