package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;

/**
 * How a suite is run, by {@code evaluateOptions}, {@code commandLineOptions} and the caller; the last of them wins.
 *
 * @param json {@code repeat}, {@code delay}, {@code maxConcurrency}, {@code timeoutMs} and the filters, by promptfoo's names
 */
public record SuiteOptions(ObjectNode json) {
    /** Nothing asked for. */
    public static final SuiteOptions NONE = new SuiteOptions(JsonNodeFactory.instance.objectNode());

    /** What is honoured of {@code evaluateOptions}. */
    static final List<String> EVALUATE = List.of("repeat", "delay", "maxConcurrency", "timeoutMs", "filterRange");

    /** What is honoured of {@code commandLineOptions}; the rest concerns promptfoo's terminal and its server. */
    static final List<String> COMMAND_LINE = List.of("repeat", "delay", "maxConcurrency", "filterRange");

    /** These over others. */
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

    /** How often each test is run that does not say itself; at least once. */
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

    /** Milliseconds to wait before each question to a service; then they are asked one after the other. */
    long delayMs() {
        return Math.max(0, json.path("delay").asLong(0));
    }

    /** How many questions services are asked at a time. */
    int maxConcurrency() {
        return delayMs() > 0 ? 1 : within("maxConcurrency", 4, Forms.MOST_CONCURRENT);
    }

    /** Milliseconds after which a question to a service is an error; 0 for never. */
    long timeoutMs() {
        return Math.max(0, json.path("timeoutMs").asLong(0));
    }
}
