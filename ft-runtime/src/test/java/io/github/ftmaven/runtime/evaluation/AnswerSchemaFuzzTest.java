package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.script.JavaScript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** {@code evaluation.schema}, and answers to it. */
class AnswerSchemaFuzzTest extends FuzzedReader {
    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(5));

    AnswerSchemaFuzzTest() {
        super("answer-schema");
    }

    @AfterEach
    void stop() {
        scripts.close();
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(text("""
                        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["sum"],
                         "properties": {"sum": {"type": "integer", "minimum": 0}, "by": {"$ref": "#/definitions/name"}},
                         "definitions": {"name": {"type": "string", "pattern": "^[a-z]+$", "format": "email"}},
                         "additionalProperties": false}"""), text("""
                        {"oneOf": [{"const": 1}, {"enum": ["a", null]}, {"type": ["array", "null"], "items": {"type": "number"},
                         "uniqueItems": true, "maxItems": 3}], "if": {"type": "string"}, "then": {"maxLength": 4},
                         "patternProperties": {"^x": true}, "dependentRequired": {"a": ["b"]}, "multipleOf": 0.5}"""), text("""
                        {"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://example.com/a",
                         "$recursiveAnchor": true, "properties": {"sum": {"$recursiveRef": "#"}, "by": {"$ref": "b#c"}},
                         "$defs": {"b": {"$id": "b", "$anchor": "c", "contains": {"const": 1}, "minContains": 0}},
                         "unevaluatedProperties": false, "dependentSchemas": {"a": {}}}"""), text("""
                        {"$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.com/a", "maximum": 3,
                         "exclusiveMaximum": true, "items": [{"$ref": "#/definitions/a"}], "additionalItems": false,
                         "definitions": {"a": {"id": "#b", "format": "date"}}, "dependencies": {"a": ["b"]}}"""));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path file = Files.write(directory.resolve("schema.json"), input);
        AnswerSchema schema = AnswerSchema.read(scripts, file, "schema.json");
        schema.accepts("{\"sum\": 3, \"by\": \"x\"}");
        schema.accepts("[1, 1, 2]");
        schema.accepts(new String(input, StandardCharsets.UTF_8));
    }
}
