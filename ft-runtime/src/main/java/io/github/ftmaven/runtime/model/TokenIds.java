package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Token ids in a configuration: a number, or a list of numbers. */
final class TokenIds {
    private TokenIds() {}

    /**
     * The ids under a key that is present, without those outside the vocabulary: some published files have ids of
     * larger siblings or -1, which the model never produces.
     */
    static List<Integer> read(JsonObjectFile file, String key, int vocabSize) {
        JsonNode value = file.node(key);
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : value.isArray() ? value : List.of(value)) {
            if (!JsonObjectFile.isWhole(token)) {
                throw file.invalid(key, "a token id must be a whole number");
            }
            if (token.asInt() >= 0 && token.asInt() < vocabSize) {
                tokens.add(token.asInt());
            }
        }
        return tokens;
    }
}
