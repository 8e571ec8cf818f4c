package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.JsonSchema;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.script.JavaScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code evaluation.schema}: the JSON Schema (draft 7) that an answer must match for the metric {@code json-valid}. */
public final class AnswerSchema {
    private static final String KEY = "evaluation.schema: ";

    private static final JsonMapper JSON = Json.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final JsonSchema schema;

    private AnswerSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param shown the file's name in messages
     * @throws InvalidInputException if it cannot be read, or Ajv rejects it
     */
    public static AnswerSchema read(Path file, String shown) {
        // Free its thread and memory until there are answers.
        try (JavaScript scripts = new JavaScript(LIMIT)) {
            return read(scripts, file, shown);
        }
    }

    static AnswerSchema read(JavaScript scripts, Path file, String shown) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            if (json.isMissingNode()) {
                throw new InvalidInputException(KEY + shown + ": not valid JSON: the file is empty.");
            }
            JsonSchema schema = new JsonSchema(scripts, json);
            schema.mistakes(NullNode.getInstance());
            return new AnswerSchema(schema);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    KEY + shown + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new InvalidInputException(KEY + shown + ": no such file, or not UTF-8 text.", e);
        } catch (CheckException e) {
            throw new InvalidInputException(KEY + shown + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Whether an answer is JSON and matches the schema.
     *
     * @throws InvalidInputException if the schema cannot be applied
     */
    public boolean accepts(String answer) {
        Optional<JsonNode> json = Js.parseIfSmall(answer);
        try {
            return json.isPresent() && schema.mistakes(json.get()).isEmpty();
        } catch (CheckException e) {
            throw new InvalidInputException(KEY + e.getMessage() + ".", e);
        }
    }
}
