package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;

/**
 * The options of a run, from {@code evaluateOptions}, {@code commandLineOptions} and the caller, who takes precedence.
 *
 * @param json {@code repeat}, {@code delay}, {@code maxConcurrency}, {@code timeoutMs} and the filters, under
 *     promptfoo's names
 */
public record SuiteOptions(ObjectNode json) {
    /** No options. */
    public static final SuiteOptions NONE = new SuiteOptions(JsonNodeFactory.instance.objectNode());

    /** The supported keys of {@code evaluateOptions}. */
    static final List<String> EVALUATE = List.of("repeat", "delay", "maxConcurrency", "timeoutMs", "filterRange");

    /** The supported keys of {@code commandLineOptions}; the others concern promptfoo's terminal and its server. */
    static final List<String> COMMAND_LINE = List.of("repeat", "delay", "maxConcurrency", "filterRange");

    /** These options, with others as defaults. */
    SuiteOptions over(JsonNode others, List<String> honoured) {
        ObjectNode merged = json.objectNode();
        others.properties().forEach(entry -> {
            if (honoured.contains(entry.getKey()) && Forms.isOption(entry.getKey(), entry.getValue())) {
                merged.set(entry.getKey(), entry.getValue());
            }
        });
        merged.setAll(json);
        return new SuiteOptions(merged);
    }

    /** The repetitions of tests without a number of their own; at least one. */
    int repeat() {
        return within("repeat", 1, Forms.MOST_REPEATS);
    }

    private int within(String name, int fallback, int most) {
        int value = json.path(name).asInt(fallback);
        if (value < 1 || value > most) {
            throw new InvalidInputException(
                    "ft." + name + " is " + json.path(name).asText() + ", but must be from 1 to " + most + ".");
        }
        return value;
    }

    /** The pause in milliseconds before each request to a service; with a pause, requests are sequential. */
    long delayMs() {
        return Math.max(0, json.path("delay").asLong(0));
    }

    /** The number of concurrent requests to services. */
    int maxConcurrency() {
        return delayMs() > 0 ? 1 : within("maxConcurrency", 4, Forms.MOST_CONCURRENT);
    }

    /** The timeout of requests to services in milliseconds; 0 for none. */
    long timeoutMs() {
        return Math.max(0, json.path("timeoutMs").asLong(0));
    }
}
