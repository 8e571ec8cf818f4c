package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A token that is matched in a text before the model's own tokens, with the flags of the tokenizers library.
 *
 * @param singleWord matches only as a separate word
 * @param lstrip includes white space on the left
 * @param rstrip includes white space on the right
 * @param declaredNormalized whether it is matched in the normalized text; empty for the default of its kind
 * @param special omitted from decoded texts
 */
record AddedToken(
        String content,
        boolean singleWord,
        boolean lstrip,
        boolean rstrip,
        Optional<Boolean> declaredNormalized,
        boolean special) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A token as written in tokenizer.json and tokenizer_config.json. */
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

    /** This token with every flag set explicitly. */
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
