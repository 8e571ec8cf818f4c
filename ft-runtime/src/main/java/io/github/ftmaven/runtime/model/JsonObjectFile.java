package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration file that is one JSON object; every error message names the file, the key and the value. */
public final class JsonObjectFile {
    private static final JsonTrees JSON = Json.strictTrees();

    private final String display;
    private final String parent; // prefix of keys: empty, or the key of this object and a dot
    private final JsonNode root;
    private final Set<String> read = new HashSet<>();
    private final Map<String, JsonObjectFile> sections = new LinkedHashMap<>();

    private JsonObjectFile(String display, String parent, JsonNode root) {
        this.display = display;
        this.parent = parent;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the file does not exist, or is not one JSON object with distinct keys
     */
    public static JsonObjectFile read(Path file, String display) {
        try {
            JsonNode root = JSON.read(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new InvalidInputException(display + ": must be a JSON object.");
            }
            return new JsonObjectFile(display, "", root);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(display + ": no such file.", e);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    display + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /** The file as the user would write its path. */
    public String display() {
        return display;
    }

    /** The keys, in the order of the file. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        root.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The nested objects that {@link #section} has opened. */
    List<JsonObjectFile> sections() {
        return List.copyOf(sections.values());
    }

    /**
     * The object under a key.
     *
     * @throws InvalidInputException if there is none
     */
    JsonObjectFile section(String key) {
        if (!node(key).isObject()) {
            throw invalid(key, "must be an object");
        }
        return sections.computeIfAbsent(key, name -> new JsonObjectFile(display, parent + name + ".", node(name)));
    }

    /** The full name of a key, with the names of the enclosing objects: {@code text_config.head_dim}. */
    String name(String key) {
        return parent + key;
    }

    /** Whether a parser has asked for the key. */
    boolean wasRead(String key) {
        return read.contains(key);
    }

    /** Whether the key is present with the value null, which some families distinguish from a missing key. */
    boolean isNull(String key) {
        return root.path(key).isNull();
    }

    /**
     * The object under a key, or one without keys if there is none.
     *
     * @throws InvalidInputException if the value is not an object
     */
    JsonObjectFile sectionOrEmpty(String key) {
        return node(key).isMissingNode()
                ? new JsonObjectFile(display, parent + key + ".", JsonTrees.object())
                : section(key);
    }

    /** Whether the key is present with a value other than null. */
    public boolean has(String key) {
        return root.hasNonNull(key);
    }

    /** The value of a key; a missing node if the key is absent or its value is null. */
    public JsonNode node(String key) {
        read.add(key);
        return has(key) ? root.path(key) : MissingNode.getInstance();
    }

    /**
     * A whole number from {@code minimum} to {@code maximum}, also one written as {@code 2.0}; {@code fallback} if the
     * key is missing or null.
     */
    public int integer(String key, int minimum, int maximum, int fallback) {
        JsonNode value = node(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!isWhole(value) || value.asDouble() < minimum || value.asDouble() > maximum) {
            throw invalid(key, "must be a whole number from " + minimum + " to " + maximum);
        }
        return value.asInt();
    }

    /** Whether a value is a whole number within the range of {@code int}, however it is written. */
    static boolean isWhole(JsonNode value) {
        return value.isNumber() && value.asDouble() == value.asInt();
    }

    /** A finite number above 0; {@code fallback} if the key is missing or null. */
    public double positive(String key, double fallback) {
        JsonNode value = node(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble()) || value.asDouble() <= 0) {
            throw invalid(key, "must be a number above 0");
        }
        return value.asDouble();
    }

    /** A truth value; {@code fallback} if the key is missing or null. */
    public boolean flag(String key, boolean fallback) {
        JsonNode value = node(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw invalid(key, "must be true or false");
        }
        return value.asBoolean();
    }

    /** A string; {@code fallback} if the key is missing or null. */
    public String text(String key, String fallback) {
        JsonNode value = node(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isTextual()) {
            throw invalid(key, "must be a string");
        }
        return value.asText();
    }

    /**
     * Creates the exception about the value of a key; {@code rule} says what the value must be, without a full stop.
     */
    public InvalidInputException invalid(String key, String rule) {
        return new InvalidInputException(display + ": " + parent + key + " is "
                + (root.has(key) ? root.path(key) : "missing") + ", but " + rule + ".");
    }
}
