package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code is-json} and {@code contains-json}, with a schema or without. */
final class JsonChecks {
    private JsonChecks() {}

    static Outcome isJson(Subject s) throws CheckException {
        boolean json = Js.isJson(s.text());
        boolean pass = json != s.inverse();
        if (json && Js.truthy(s.value())) {
            JsonNode parsed = Js.parse(s.text()).orElseThrow();
            Optional<String> mistake = schema(s, "is-json").mistakes(parsed);
            pass = mistake.isEmpty() != s.inverse();
            if (!pass) {
                return new Outcome(
                        false,
                        0,
                        s.inverse()
                                ? "Output is JSON that conforms to the provided schema"
                                : "JSON does not conform to the provided schema. Errors: " + mistake.orElseThrow());
            }
        }
        return Outcome.of(pass, "Expected output to " + s.not() + "be valid JSON");
    }

    static Outcome containsJson(Subject s) throws CheckException {
        List<ObjectNode> found = JsonObjects.in(s.text());
        boolean pass = found.isEmpty() == s.inverse();
        String failure =
                s.inverse() ? "Expected output to not contain valid JSON" : "Expected output to contain valid JSON";
        if (Js.truthy(s.value())) {
            JsonSchema schema = schema(s, "contains-json");
            for (JsonNode json : found) {
                Optional<String> mistake = schema.mistakes(json);
                pass = mistake.isEmpty() != s.inverse();
                if (mistake.isEmpty()) {
                    failure = "Output contains JSON conforming to the provided schema";
                    break;
                }
                failure = "JSON does not conform to the provided schema. Errors: " + mistake.get();
            }
        }
        return Outcome.of(pass, failure);
    }

    private static JsonSchema schema(Subject s, String type) throws CheckException {
        if (s.value().isObject() || s.value().isBoolean()) {
            return new JsonSchema(s.scripts(), s.value());
        }
        if (!s.value().isTextual()) {
            throw new CheckException(type + " assertion must have a string or object value");
        }
        try {
            return new JsonSchema(
                    s.scripts(),
                    YamlTree.read(s.value().textValue().getBytes(StandardCharsets.UTF_8), "value")
                            .root());
        } catch (InvalidInputException e) {
            throw new CheckException("The schema is not valid: " + e.getMessage());
        }
    }
}
