package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.Optional;

/** Validation against a JSON Schema of draft 7 by Ajv, as strict as promptfoo configures it. */
public final class JsonSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JavaScript scripts;
    private final ObjectNode preparation;

    /** Prepares a schema, which is compiled on first use. */
    public JsonSchema(JavaScript scripts, JsonNode root) {
        this.scripts = scripts;
        preparation = JSON.objectNode().set("schema", root);
    }

    /**
     * The first error with its causes, as {@code data/a must be string}; empty if there is none.
     *
     * @throws CheckException if Ajv rejects the schema, or the check takes too long
     */
    public Optional<String> mistakes(JsonNode value) throws CheckException {
        try {
            JsonNode result = scripts.call("schema", preparation, value);
            return result.path("valid").booleanValue()
                    ? Optional.empty()
                    : Optional.of(result.path("errors").asText());
        } catch (ScriptException e) {
            throw new CheckException(
                    e.ofSandbox() ? "Checking the schema " + e.getMessage() : String.valueOf(e.getMessage()));
        }
    }
}
