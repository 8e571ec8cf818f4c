package io.github.ftmaven.runtime.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON to trees and back, exactly as Jackson's mapper does. The mapper can bind any class and loads hundreds
 * of classes of its own for that. In a build where nothing changed, this would cost more than all the reading.
 */
public final class JsonTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonFactory factory;
    private final boolean oneDocument;

    JsonTrees(JsonFactory factory, boolean oneDocument) {
        this.factory = factory;
        this.oneDocument = oneDocument;
    }

    /** An empty object, ready to fill. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /**
     * The first document of a text; a missing node if the text has none.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    public JsonNode read(String json) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(json)) {
            return read(parser);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text is read from memory", e);
        }
    }

    /**
     * The first document in bytes of any Unicode encoding.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    public JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            return read(parser);
        }
    }

    /**
     * Reads a list of any length, one element at a time.
     *
     * @param each receives each element while the rest is unread
     * @return the document, if it is something else; a missing node for an empty text; null for a list
     * @throws JsonProcessingException if it is not JSON
     */
    public @Nullable JsonNode elements(Reader json, Consumer<JsonNode> each) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            try {
                JsonToken first = parser.nextToken();
                if (first != JsonToken.START_ARRAY) {
                    return first == null ? NODES.missingNode() : document(parser, first);
                }
                for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                    each.accept(value(parser, token));
                }
                requireEnd(parser);
                return null;
            } catch (StreamConstraintsException e) {
                throw Json.located(e, parser);
            }
        }
    }

    private JsonNode read(JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            return first == null ? NODES.missingNode() : document(parser, first);
        } catch (StreamConstraintsException e) {
            throw Json.located(e, parser);
        }
    }

    private JsonNode document(JsonParser parser, JsonToken first) throws IOException {
        JsonNode document = value(parser, first);
        requireEnd(parser);
        return document;
    }

    private void requireEnd(JsonParser parser) throws IOException {
        JsonToken next = oneDocument ? parser.nextToken() : null;
        if (next != null) {
            throw MismatchedInputException.from(
                    parser, JsonNode.class, "Trailing token (" + next + ") after the document");
        }
    }

    /** Recurses no deeper than the parser, which has a limit. */
    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            object.set(key, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    /** A tree on one line, without spaces. */
    public String write(JsonNode tree) throws JsonProcessingException {
        return text(tree, null);
    }

    /** A tree formatted by a printer. */
    public String write(JsonNode tree, DefaultPrettyPrinter printer) throws JsonProcessingException {
        return text(tree, printer.createInstance()); // it counts the levels
    }

    private String text(JsonNode tree, @Nullable PrettyPrinter printer) throws JsonProcessingException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            write(tree, generator);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text is written to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator generator) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject(node);
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    generator.writeFieldName(entry.getKey());
                    write(entry.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray(node, node.size());
                for (JsonNode element : node) {
                    write(element, generator);
                }
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(node.textValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NULL, MISSING -> generator.writeNull();
            case NUMBER -> writeNumber(node, generator);
            case POJO -> {
                if (!(node instanceof POJONode pojo) || !(pojo.getPojo() instanceof RawValue raw)) {
                    throw new IllegalStateException("not JSON: " + node.getClass());
                }
                raw.serialize(generator);
            }
            default -> throw new IllegalStateException("not JSON: " + node.getClass());
        }
    }

    private static void writeNumber(JsonNode number, JsonGenerator generator) throws IOException {
        switch (number.numberType()) {
            case INT -> generator.writeNumber(number.intValue());
            case LONG -> generator.writeNumber(number.longValue());
            case BIG_INTEGER -> generator.writeNumber(number.bigIntegerValue());
            case FLOAT -> generator.writeNumber(number.floatValue());
            case DOUBLE -> generator.writeNumber(number.doubleValue());
            case BIG_DECIMAL -> generator.writeNumber(number.decimalValue());
        }
    }
}
