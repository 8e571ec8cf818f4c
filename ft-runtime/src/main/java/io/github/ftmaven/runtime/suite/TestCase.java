package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test with everything that defaults and scenarios add to it.
 *
 * @param json as it would stand in a configuration: {@code vars}, {@code assert}, {@code options}, …
 * @param place where it is declared
 */
public record TestCase(ObjectNode json, String place) {
    /** The variables, as they are declared. */
    public ObjectNode vars() {
        return json.path("vars").isObject() ? (ObjectNode) json.get("vars") : json.objectNode();
    }

    /** The assertions. */
    public List<Assertion> assertions() {
        return Assertion.list(json.path("assert"));
    }

    /** The score from which it passes; null for "no assertion may fail". */
    public @Nullable Double threshold() {
        return json.path("threshold").isNumber()
                ? (Double) json.path("threshold").doubleValue()
                : null;
    }

    /** An option as text; null if it is not set. */
    public @Nullable String option(String name) {
        JsonNode value = json.path("options").path(name);
        return value.isTextual() ? value.textValue() : null;
    }

    /** Whether an option is set to true. */
    public boolean isOn(String name) {
        return json.path("options").path(name).asBoolean(false);
    }

    /** What is taken for the answer, so that no provider is asked; missing, or empty, to ask. */
    public JsonNode providerOutput() {
        return json.path("providerOutput");
    }
}
