package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An assertion as declared in a suite.
 *
 * @param json the declaration: {@code type}, {@code value}, {@code threshold}, {@code weight}, {@code metric}, …
 */
public record Assertion(ObjectNode json) {
    /** The type of a set of assertions with a single score. */
    public static final String SET = "assert-set";

    private static final String NOT = "not-";

    /** The type as written. */
    public String type() {
        return json.path("type").asText();
    }

    /** Whether the type is negated. */
    public boolean inverse() {
        return type().startsWith(NOT);
    }

    /** The type without {@code not-}. */
    public String baseType() {
        return inverse() ? type().substring(NOT.length()) : type();
    }

    /** The expected value; missing if there is none. */
    public JsonNode value() {
        return json.path("value");
    }

    /** The threshold, or a type's default. */
    public double threshold(double fallback) {
        return json.path("threshold").isNumber() ? json.path("threshold").doubleValue() : fallback;
    }

    /** The threshold; null if there is none. */
    public @Nullable Double threshold() {
        return json.path("threshold").isNumber()
                ? (Double) json.path("threshold").doubleValue()
                : null;
    }

    /** The weight; an assertion with weight 0 cannot fail. */
    public double weight() {
        return json.path("weight").isNumber() ? json.path("weight").doubleValue() : 1;
    }

    /** The assertions of a set. */
    public List<Assertion> children() {
        return list(json.path("assert"));
    }

    /** The assertions of a list. */
    public static List<Assertion> list(JsonNode list) {
        List<Assertion> assertions = new ArrayList<>();
        for (JsonNode each : list) {
            if (each instanceof ObjectNode object) {
                assertions.add(new Assertion(object));
            }
        }
        return assertions;
    }
}
