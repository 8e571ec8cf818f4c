package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The text of a schema: what it holds, and where. */
final class SchemaText {
    private static final JsonFactory TOKENS =
            Json.factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String shown;
    private final JsonNode root;
    private final Map<JsonPointer, JsonLocation> places = new HashMap<>();

    /**
     * Reads a text.
     *
     * @param shown how messages begin: a key, and the file's name
     * @throws InvalidInputException if it is not JSON
     */
    SchemaText(String text, String shown) {
        this.shown = shown;
        try (JsonParser tokens = TOKENS.createParser(text)) {
            root = ExactNumbers.read(text);
            if (root.isMissingNode()) {
                throw new InvalidInputException(shown + ": not valid JSON: the file is empty.");
            }
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                // The name of a member, or a value without one.
                places.putIfAbsent(tokens.getParsingContext().pathAsPointer(), tokens.currentTokenLocation());
            }
        } catch (ArithmeticException e) {
            throw new InvalidInputException(shown + ": it contains " + e.getMessage() + ".", e);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    shown + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text is read from memory", e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** An error at a place, whose message ends with a full stop. */
    InvalidInputException error(JsonPointer place, String problem) {
        JsonLocation found = places.get(place);
        String position = found == null ? "" : ":" + found.getLineNr() + ":" + found.getColumnNr();
        return new InvalidInputException(shown + position + ": " + problem);
    }

    /** An error of no place. */
    InvalidInputException error(String problem) {
        return new InvalidInputException(shown + ": " + problem);
    }
}
