package io.github.ftmaven.runtime.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A JSON object in a file: equal content is always written as equal bytes, and reading is strict. */
public final class JsonFile {
    private static final JsonTrees TREES = Json.strictTrees(Json.factory()
            // JDKs before 19 print some doubles with more digits than later ones; Jackson's writer does not.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // Allowed here, so that the reader of the number can report which one it is.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS));

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private JsonFile() {}

    /** An empty object, ready to fill, whose keys keep their order. */
    public static ObjectNode object() {
        return JsonTrees.object();
    }

    /** Writes the object atomically, indented by two spaces, with line feeds on every system and a final one. */
    public static void write(Path file, ObjectNode json) throws IOException {
        AtomicFile.write(file, bytes(json));
    }

    /** The object as {@link #write} writes it. */
    public static byte[] bytes(ObjectNode json) throws IOException {
        return (Json.whole(TREES.write(json, PRINTER)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The object for an array that is written with one line per element. */
    public static RawValue onOneLine(ObjectNode json) throws IOException {
        return new RawValue(TREES.write(json));
    }

    /**
     * Reads one JSON object.
     *
     * @param advice one sentence: what the user can do when the file cannot be read
     * @throws InvalidInputException when the file is missing, unreadable, or not exactly one JSON object
     */
    public static ObjectNode read(Path file, String advice) {
        try {
            return parse(file.toString(), Files.readAllBytes(file), advice);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file. " + advice, e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + FileProblem.reason(e) + ". " + advice, e);
        }
    }

    /**
     * Reads one JSON object.
     *
     * @param file the file, as messages name it
     * @param advice one sentence: what the user can do when the file cannot be read
     * @throws InvalidInputException when the content is not exactly one JSON object
     */
    public static ObjectNode parse(String file, byte[] bytes, String advice) {
        JsonNode json;
        try {
            json = TREES.read(bytes);
        } catch (JsonEOFException e) {
            throw new InvalidInputException(file + ": the file is cut off in the middle. " + advice, e);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    file + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ". " + advice,
                    e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + FileProblem.reason(e) + ". " + advice, e);
        }
        if (json.isMissingNode()) {
            throw new InvalidInputException(file + ": the file is empty. " + advice);
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidInputException(file + ": not a JSON object. " + advice);
    }
}
