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

/** One JSON object in a file: written with the same bytes for the same content, read without leniency. */
public final class JsonFile {
    private static final JsonTrees TREES = Json.strictTrees(Json.factory()
            // JDKs before 19 print some doubles with more digits than later ones; Jackson's writer does not.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // Let through here, so that who reads the number can say which one it is.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS));

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private JsonFile() {}

    /** An empty object to fill, whose keys keep the order they are put in. */
    public static ObjectNode object() {
        return JsonTrees.object();
    }

    /** Writes the object atomically, indented by two spaces, with line feeds on every system and one at the end. */
    public static void write(Path file, ObjectNode json) throws IOException {
        AtomicFile.write(file, bytes(json));
    }

    /** The object as {@link #write} writes it. */
    public static byte[] bytes(ObjectNode json) throws IOException {
        return (Json.whole(TREES.write(json, PRINTER)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The object for an array that shall have one line an element. */
    public static RawValue onOneLine(ObjectNode json) throws IOException {
        return new RawValue(TREES.write(json));
    }

    /**
     * Reads one JSON object.
     *
     * @param advice what the user can do when the file cannot be read: one sentence
     * @throws InvalidInputException when the file is missing, unreadable, or anything but one JSON object
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
     * @param file what messages call it
     * @param advice what the user can do when it cannot be read: one sentence
     * @throws InvalidInputException when it is anything but one JSON object
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
