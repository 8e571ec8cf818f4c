package io.github.ftmaven.runtime.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.assertion.Js;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how well an answer matches an expected JSON document: the F1 of their leaves, each a path and a value; the
 * order of list entries does not matter. An answer that is not JSON scores 0.
 */
final class JsonFields {
    private JsonFields() {}

    /** The F1 in [0, 1]; an expected text that is not JSON is compared as a whole. */
    static double f1(String expected, String answer) {
        Optional<JsonNode> wanted = Js.parseIfSmall(expected);
        Optional<JsonNode> given = Js.parseIfSmall(answer);
        if (wanted.isEmpty()) {
            return Metrics.normalize(expected).equals(Metrics.normalize(answer)) ? 1 : 0;
        }
        if (given.isEmpty()) {
            return 0;
        }
        Map<String, Integer> wantedLeaves = new HashMap<>();
        Map<String, Integer> givenLeaves = new HashMap<>();
        leaves(wanted.get(), "", wantedLeaves);
        leaves(given.get(), "", givenLeaves);
        int shared = wantedLeaves.entrySet().stream()
                .mapToInt(leaf -> Math.min(leaf.getValue(), givenLeaves.getOrDefault(leaf.getKey(), 0)))
                .sum();
        int all = count(wantedLeaves) + count(givenLeaves);
        return all == 0 ? 1 : 2.0 * shared / all;
    }

    private static int count(Map<String, Integer> leaves) {
        return leaves.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void leaves(JsonNode node, String path, Map<String, Integer> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> leaves(field.getValue(), path + "/" + field.getKey(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(item -> leaves(item, path + "/*", leaves));
        } else {
            leaves.merge(path + "=" + Js.stringify(node), 1, Integer::sum);
        }
    }
}
