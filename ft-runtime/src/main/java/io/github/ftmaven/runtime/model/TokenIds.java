package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Token ids in a configuration: a number, or a list of numbers. */
final class TokenIds {
    private TokenIds() {}

    /** The ids of a key that is there, each checked to be in the vocabulary. */
    static List<Integer> read(JsonObjectFile file, String key, int vocabSize) {
        JsonNode value = file.node(key);
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : value.isArray() ? value : List.of(value)) {
            if (!token.isIntegralNumber() || token.asLong() < 0 || token.asLong() >= vocabSize) {
                throw file.invalid(key, "a token id must be from 0 to " + (vocabSize - 1));
            }
            tokens.add(token.asInt());
        }
        return tokens;
    }
}
