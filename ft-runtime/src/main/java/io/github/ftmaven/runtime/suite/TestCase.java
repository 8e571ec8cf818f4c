package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test, including everything from defaults and scenarios.
 *
 * @param json the test as in a configuration: {@code vars}, {@code assert}, {@code options}, …
 * @param place the place of its declaration
 */
public record TestCase(ObjectNode json, String place) {
    /** The variables as declared. */
    public ObjectNode vars() {
        return json.path("vars").isObject() ? (ObjectNode) json.get("vars") : json.objectNode();
    }

    /** The assertions. */
    public List<Assertion> assertions() {
        return Assertion.list(json.path("assert"));
    }

    /** The score required to pass; null for "no assertion may fail". */
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

    /** A fixed answer that replaces the provider's; missing or empty for none. */
    public JsonNode providerOutput() {
        return json.path("providerOutput");
    }
}
