package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code is-json} and {@code contains-json}, with a schema or without. */
final class JsonChecks {
    private static final int LONGEST = 100_000;

    private JsonChecks() {}

    static Outcome isJson(Subject s) throws CheckException {
        Optional<JsonNode> json = Js.parse(s.text());
        boolean pass = json.isPresent() != s.inverse();
        if (json.isPresent() && Js.truthy(s.value())) {
            Optional<String> mistake = schema(s, "is-json").mistakes(json.get());
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
        return Outcome.of(pass, "Expected output to be valid JSON");
    }

    static Outcome containsJson(Subject s) throws CheckException {
        List<JsonNode> found = objects(s.text());
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

    /** Every object in a text, read as leniently as YAML is; an object that the text's end cuts off is closed. */
    static List<JsonNode> objects(String text) {
        List<JsonNode> objects = new ArrayList<>();
        int start = text.indexOf('{');
        while (start >= 0) {
            int end = end(text, start);
            JsonNode object = end < 0 ? closed(text.substring(start)) : read(text.substring(start, end));
            if (object != null) {
                objects.add(object);
            }
            start = object != null && end < 0 ? -1 : text.indexOf('{', object == null ? start + 1 : end);
        }
        return objects;
    }

    /** The index behind the brace that closes the one at {@code start}; -1 if none does. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length() && i - start < LONGEST; i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static @Nullable JsonNode closed(String text) {
        String rest = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        for (String end : new String[] {"}", "\"}", "]}", "\"]}", "}}", "\"}}"}) {
            JsonNode object = read(rest + end);
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    private static @Nullable JsonNode read(String text) {
        Optional<JsonNode> json = Js.parse(text);
        if (json.isPresent()) {
            return json.get().isObject() ? json.get() : null;
        }
        try {
            JsonNode yaml = YamlTree.read(text.getBytes(StandardCharsets.UTF_8), "output")
                    .root();
            return yaml.isObject() && !yaml.isEmpty() ? yaml : null;
        } catch (InvalidInputException e) {
            return null;
        }
    }
}
