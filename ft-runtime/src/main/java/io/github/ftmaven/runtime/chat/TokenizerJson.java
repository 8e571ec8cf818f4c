package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code tokenizer.json}: its small parts as JSON, its vocabulary as ids, and its bytes, in which parts can be
 * replaced. The merges of a large vocabulary are too large to keep twice.
 */
final class TokenizerJson {
    private static final ObjectMapper JSON = Json.lenient();

    /** Larger than any model's number of rows; new ids continue from the highest. */
    private static final int HIGHEST_ID = 1_000_000_000;

    private final Path file;
    private final byte[] bytes;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private int vocabularySize;
    private boolean pieces;

    /** A top-level value, and its range of bytes. */
    private record Part(JsonNode value, int from, int to) {}

    private TokenizerJson(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads the file.
     *
     * @throws InvalidInputException if it is not a single JSON object, or would crash the process
     */
    static TokenizerJson read(Path file) {
        try {
            TokenizerJson json = new TokenizerJson(file, Files.readAllBytes(file));
            json.parse();
            return json;
        } catch (JsonProcessingException e) {
            throw invalid(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /** The {@code padding} of a file, read without the rest of the file; missing if there is no such file or part. */
    static JsonNode padding(Path file) {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("padding");
                parser.nextToken();
                if (found) {
                    return parser.readValueAsTree();
                }
                parser.skipChildren();
            }
            return MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw invalid(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    private static InvalidInputException invalid(Path file, JsonProcessingException e) {
        JsonProblem problem = JsonProblem.of(e);
        return new InvalidInputException(
                file + problem.position() + ": the tokenizer cannot be loaded: not valid JSON: " + problem.text() + ".",
                e);
    }

    Path file() {
        return file;
    }

    /** The part with a given name, except the model; missing if the file has none. */
    JsonNode part(String name) {
        Part part = parts.get(name);
        return part == null ? MissingNode.getInstance() : part.value();
    }

    /** The ids of the model's own tokens. */
    Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /** The number of the model's own tokens; the library numbers added tokens from there. */
    int vocabularySize() {
        return vocabularySize;
    }

    /** Whether the model is a SentencePiece model, whose pieces have a mark in place of spaces. */
    boolean hasPieces() {
        return pieces;
    }

    /** The file with some parts replaced. */
    InputStream with(Map<String, JsonNode> replaced) throws IOException {
        TreeMap<Integer, Part> cuts = new TreeMap<>();
        List<InputStream> pieces = new ArrayList<>();
        pieces.add(new ByteArrayInputStream(new byte[] {'{'}));
        int start = 1 + indexOf('{');
        for (Map.Entry<String, JsonNode> entry : replaced.entrySet()) {
            Part old = parts.get(entry.getKey());
            if (old == null) {
                String added =
                        JSON.writeValueAsString(entry.getKey()) + ":" + JSON.writeValueAsString(entry.getValue());
                pieces.add(new ByteArrayInputStream((added + ",").getBytes(StandardCharsets.UTF_8)));
            } else {
                cuts.put(old.from(), new Part(entry.getValue(), old.from(), old.to()));
            }
        }
        for (Part cut : cuts.values()) {
            pieces.add(new ByteArrayInputStream(bytes, start, cut.from() - start));
            pieces.add(new ByteArrayInputStream(JSON.writeValueAsBytes(cut.value())));
            start = cut.to();
        }
        pieces.add(new ByteArrayInputStream(bytes, start, bytes.length - start));
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    private int indexOf(char character) {
        int index = 0;
        while (bytes[index] != character) {
            index++;
        }
        return index;
    }

    private void parse() throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException(file + ": the tokenizer cannot be loaded: it must be a JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("model") && parser.currentToken() == JsonToken.START_OBJECT) {
                    readModel(parser);
                } else {
                    int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                    JsonNode value = parser.readValueAsTree();
                    parts.put(
                            name,
                            new Part(
                                    value,
                                    from,
                                    Math.toIntExact(parser.currentLocation().getByteOffset())));
                }
            }
            if (parser.nextToken() != null) {
                throw new InvalidInputException(file
                        + ": the tokenizer cannot be loaded: not valid JSON: more text follows the end of the value.");
            }
        }
    }

    private void readModel(JsonParser parser) throws IOException {
        boolean wordPiece = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                readIds(parser);
            } else if (name.equals("vocab")) { // Unigram: [token, score], the id is the position
                for (JsonNode entry : parser.<JsonNode>readValueAsTree()) {
                    vocabulary.put(entry.path(0).asText(), vocabularySize++);
                }
            } else if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                wordPiece = parser.getText().equals("WordPiece");
                pieces |= parser.getText().equals("Unigram");
            } else if (name.equals("byte_fallback") && value.isScalarValue()) {
                pieces |= value == JsonToken.VALUE_TRUE;
            } else if (name.equals("continuing_subword_prefix") && value == JsonToken.VALUE_STRING) {
                // The library crashes the process at a merge that is shorter than the prefix.
                refuse(!wordPiece && !parser.getText().isEmpty(), "continuing_subword_prefix is not supported");
            } else if (name.equals("dropout") && value.isNumeric()) {
                refuse(parser.getDoubleValue() != 0, "dropout would encode the same text differently every time");
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readIds(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String token = parser.currentName();
            boolean whole = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
            double id = whole ? parser.getDoubleValue() : -1;
            if (id < 0 || id > HIGHEST_ID) {
                JsonToken value = parser.currentToken();
                throw new InvalidInputException(file + ": the tokenizer cannot be loaded: its model's vocab has the id "
                        + (value.isScalarValue() ? parser.getText() : value == JsonToken.START_ARRAY ? "[…" : "{…")
                        + " for the token '" + token + "', but an id must be a whole number from 0 to " + HIGHEST_ID
                        + ".");
            }
            vocabulary.put(token, (int) id);
        }
        vocabularySize = vocabulary.size();
    }

    private void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new InvalidInputException(file + ": the tokenizer cannot be loaded: its model's " + why + ".");
        }
    }
}
