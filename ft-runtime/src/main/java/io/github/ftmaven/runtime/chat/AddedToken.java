package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A token that is looked for in a text before the model's own are, with the flags of the tokenizers library.
 *
 * @param singleWord only where it is a word of its own
 * @param lstrip takes the white space on its left
 * @param rstrip takes the white space on its right
 * @param declaredNormalized whether it is looked for in the normalized text; empty for what its kind implies
 * @param special left out of decoded texts
 */
record AddedToken(
        String content,
        boolean singleWord,
        boolean lstrip,
        boolean rstrip,
        Optional<Boolean> declaredNormalized,
        boolean special) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A token as tokenizer.json and tokenizer_config.json write one. */
    static AddedToken of(JsonNode node) {
        JsonNode normalized = node.path("normalized");
        return new AddedToken(
                node.path("content").asText(),
                node.path("single_word").asBoolean(),
                node.path("lstrip").asBoolean(),
                node.path("rstrip").asBoolean(),
                normalized.isBoolean() ? Optional.of(normalized.booleanValue()) : Optional.empty(),
                node.path("special").asBoolean());
    }

    /** A token of which only the text is known. */
    static AddedToken named(String content, boolean special) {
        return new AddedToken(content, false, false, false, Optional.empty(), special);
    }

    AddedToken withSpecial(boolean value) {
        return new AddedToken(content, singleWord, lstrip, rstrip, declaredNormalized, value);
    }

    AddedToken withNormalized(boolean value) {
        return new AddedToken(content, singleWord, lstrip, rstrip, Optional.of(value), special);
    }

    boolean normalized() {
        return declaredNormalized.orElse(!special);
    }

    boolean isSameAs(AddedToken other) {
        return resolved().equals(other.resolved());
    }

    /** The same with every flag said. */
    AddedToken resolved() {
        return new AddedToken(content, singleWord, lstrip, rstrip, Optional.of(normalized()), special);
    }

    /** The token as tokenizer.json writes it. */
    ObjectNode toJson(int id) {
        return JSON.objectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", singleWord)
                .put("lstrip", lstrip)
                .put("rstrip", rstrip)
                .put("normalized", normalized())
                .put("special", special);
    }
}
