package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Adds {@code defaultTest} and scenarios to tests. */
final class TestDefaults {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> SUMMED = List.of("vars", "options", "metadata");

    private final ObjectNode defaults;

    /**
     * Merges the {@code defaultTest} of several configurations; for equal keys the last wins, assertions are
     * concatenated.
     */
    TestDefaults(List<ObjectNode> declared) {
        ObjectNode sum = JSON.objectNode();
        for (ObjectNode each : declared) {
            ObjectNode next = sum.deepCopy();
            next.setAll(each);
            for (String key : SUMMED) {
                if (sum.path(key).isObject() || each.path(key).isObject()) {
                    next.set(key, sum(List.of(sum, each), key));
                }
            }
            if (sum.has("assert") || each.has("assert")) {
                next.set("assert", assertions(List.of(sum, each)));
            }
            sum = next;
        }
        this.defaults = sum;
    }

    /**
     * A test of a scenario with one of its configurations.
     *
     * @param number counts the configurations of all scenarios, from 0, because each has a conversation of its own
     */
    TestCase ofScenario(TestCase configuration, TestCase test, int number) {
        ObjectNode merged = defaults.deepCopy();
        merged.remove("assert");
        merged.setAll(configuration.json());
        merged.setAll(test.json());
        List<JsonNode> parts = List.of(defaults, configuration.json(), test.json());
        merged.set("vars", sum(parts, "vars"));
        merged.set("options", sum(parts, "options"));
        ObjectNode metadata = sum(parts, "metadata");
        merged.set("metadata", metadata);
        if (!metadata.has("conversationId")) {
            metadata.put("conversationId", "__scenario_" + number + "__");
        }
        merged.set("assert", assertions(List.of(configuration.json(), test.json())));
        return new TestCase(merged, test.place());
    }

    /** A test with defaults for missing keys. */
    TestCase with(TestCase test) {
        ObjectNode merged = test.json().deepCopy();
        for (String key : SUMMED) {
            if (defaults.path(key).isObject()) {
                merged.set(key, sum(List.of(defaults, test.json()), key));
            }
        }
        for (String key : List.of("threshold", "prompts", "providers", "provider", "assertScoringFunction")) {
            if (!merged.has(key) && defaults.has(key)) {
                merged.set(key, defaults.get(key));
            }
        }
        boolean alone =
                test.json().path("options").path("disableDefaultAsserts").asBoolean(false);
        ArrayNode assertions = assertions(alone ? List.of(test.json()) : List.of(defaults, test.json()));
        if (!assertions.isEmpty()) {
            merged.set("assert", assertions);
        }
        return new TestCase(merged, test.place());
    }

    private static ObjectNode sum(List<JsonNode> parts, String key) {
        ObjectNode sum = JSON.objectNode();
        for (JsonNode part : parts) {
            if (part.path(key).isObject()) {
                sum.setAll((ObjectNode) part.get(key));
            }
        }
        return sum;
    }

    private static ArrayNode assertions(List<JsonNode> parts) {
        ArrayNode assertions = JSON.arrayNode();
        parts.forEach(part -> part.path("assert").forEach(assertions::add));
        return assertions;
    }

    /** Every test of every scenario with every one of its configurations. */
    static List<TestCase> expanded(List<Scenario> scenarios, TestDefaults defaults) {
        List<TestCase> all = new ArrayList<>();
        int number = 0;
        for (Scenario scenario : scenarios) {
            for (TestCase configuration : scenario.configurations()) {
                for (TestCase test : scenario.tests()) {
                    all.add(defaults.ofScenario(configuration, test, number));
                }
                number++;
            }
        }
        return all;
    }

    /** A scenario as declared. */
    record Scenario(List<TestCase> configurations, List<TestCase> tests) {}
}
