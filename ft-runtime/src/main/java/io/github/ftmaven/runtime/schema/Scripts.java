package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.List;
import java.util.Optional;

/**
 * Patterns and formats, which run in QuickJS as those of {@code is-json} do. JSON Schema defines patterns by ECMA-262,
 * and QuickJS is an engine of ECMA-262. It also stops patterns that would backtrack for hours: neither is true of
 * {@code java.util.regex}, which the validator would use.
 */
final class Scripts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JavaScript engine;

    Scripts(JavaScript engine) {
        this.engine = engine;
    }

    /** Why a pattern is not valid; empty if it is. */
    Optional<String> mistake(String pattern) {
        return Optional.ofNullable(test(pattern, "").path("invalid").textValue());
    }

    /** Whether a pattern is found in a text. */
    boolean finds(String pattern, String text) {
        return test(pattern, text).path("found").booleanValue();
    }

    /** The names of all formats. */
    List<String> formats() {
        return call("formats", JSON.objectNode()).findValuesAsText("name");
    }

    /** A format for the validator. */
    Format format(String name) {
        return new Format() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
                ObjectNode argument = JSON.objectNode().put("format", name);
                return (!value.isTextual() && !value.isNumber())
                        || call("format", argument.set("value", value)).booleanValue();
            }
        };
    }

    private JsonNode test(String pattern, String text) {
        return call(
                "test",
                JSON.objectNode().put("pattern", pattern).put("flags", "u").put("text", text));
    }

    private JsonNode call(String function, JsonNode argument) {
        try {
            return engine.call(function, argument);
        } catch (ScriptException e) {
            throw new UnfinishedException(String.valueOf(e.getMessage()));
        }
    }
}
