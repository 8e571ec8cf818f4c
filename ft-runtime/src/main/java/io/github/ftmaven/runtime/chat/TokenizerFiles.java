package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the tokenizer library does not tell about a tokenizer's files.
 *
 * @param ids every token's id, the added ones included
 * @param specialTokens the names of the added tokens
 * @param endOfText the id of {@code eos_token}
 * @param beginningOfText the id of {@code bos_token}
 * @param declaredBeginning {@code add_bos_token}, where transformers obeys it
 */
record TokenizerFiles(
        Map<String, Integer> ids,
        List<String> specialTokens,
        OptionalInt endOfText,
        OptionalInt beginningOfText,
        Optional<Boolean> declaredBeginning) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The tokenizer classes, without their ending "Fast", that rebuild the post-processor from add_bos_token. */
    private static final Set<String> OBEYING_CLASSES =
            Set.of("LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer", "CohereTokenizer", "GPTNeoXTokenizer");

    /** Reads the tokenizer's files in a model's directory; {@code tokenizer.json} must be there. */
    static TokenizerFiles read(Path modelDirectory) {
        Map<String, Integer> ids = new HashMap<>();
        List<String> specialTokens = new ArrayList<>();
        readTokens(modelDirectory.resolve("tokenizer.json"), ids, specialTokens);

        JsonNode config = optional(modelDirectory.resolve("tokenizer_config.json"));
        JsonNode special = optional(modelDirectory.resolve("special_tokens_map.json"));
        OptionalInt endOfText = named("eos_token", config, special)
                .map(token -> OptionalInt.of(require(ids, token, modelDirectory)))
                .orElse(OptionalInt.empty());
        OptionalInt beginningOfText = named("bos_token", config, special)
                .filter(ids::containsKey)
                .map(token -> OptionalInt.of(require(ids, token, modelDirectory)))
                .orElse(OptionalInt.empty());

        String tokenizerClass = config.path("tokenizer_class").asText("").replaceFirst("Fast$", "");
        JsonNode begins = config.path("add_bos_token");
        Optional<Boolean> declared = OBEYING_CLASSES.contains(tokenizerClass) && begins.isBoolean()
                ? Optional.of(begins.booleanValue())
                : Optional.empty();
        return new TokenizerFiles(Map.copyOf(ids), List.copyOf(specialTokens), endOfText, beginningOfText, declared);
    }

    int size() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** A token is written as its text, or as an object that holds it; the first file that has it counts. */
    private static Optional<String> named(String key, JsonNode... files) {
        return Stream.of(files)
                .map(file -> file.path(key))
                .map(token -> token.isObject() ? token.path("content") : token)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }

    private static int require(Map<String, Integer> ids, String token, Path modelDirectory) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new InvalidInputException(modelDirectory.resolve("tokenizer_config.json") + ": eos_token is '" + token
                    + "', which tokenizer.json does not have.");
        }
        return id;
    }

    /** Streams through the file: the merges of a large vocabulary are not worth holding. */
    private static void readTokens(Path file, Map<String, Integer> ids, List<String> specialTokens) {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("model")) {
                    readModel(parser, ids);
                } else if (name.equals("added_tokens")) {
                    for (JsonNode token : parser.<JsonNode>readValueAsTree()) {
                        ids.put(token.path("content").asText(), token.path("id").asInt());
                        specialTokens.add(token.path("content").asText());
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw malformed(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readModel(JsonParser parser, Map<String, Integer> ids) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String token = parser.currentName();
                    ids.put(token, parser.nextIntValue(-1));
                }
            } else if (name.equals("vocab")) { // Unigram: [token, score], the id is the position
                int id = 0;
                for (JsonNode entry : parser.<JsonNode>readValueAsTree()) {
                    ids.put(entry.path(0).asText(), id++);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private static JsonNode optional(Path file) {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw malformed(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInputException malformed(Path file, JsonProcessingException e) {
        return new InvalidInputException(
                file + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr() + ": not valid JSON: "
                        + e.getOriginalMessage(),
                e);
    }
}
