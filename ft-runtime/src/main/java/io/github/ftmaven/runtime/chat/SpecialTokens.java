package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens of a model by name, as its templates see them.
 *
 * @param variables the text of each token, and the list of {@code additional_special_tokens}
 * @param all in the order in which transformers adds missing tokens; of duplicates within a list the last counts
 */
record SpecialTokens(Map<String, Object> variables, List<Named> all) {
    /** A token's text, and its flags if known. */
    record Named(String content, @Nullable AddedToken flags) {}

    /** Reads the special tokens of a model's directory. */
    static SpecialTokens of(Path modelDirectory) {
        JsonNode padding = TokenizerJson.padding(modelDirectory.resolve("tokenizer.json"));
        return new TokenizerSettings(modelDirectory, MissingNode.getInstance(), padding).specialTokens();
    }

    /** The text of a token; empty if no token has that name. */
    Optional<String> named(String key) {
        return Optional.ofNullable(variables.get(key)).map(Object::toString);
    }

    boolean contains(String content) {
        return all.stream().anyMatch(token -> token.content().equals(content));
    }

    /** Collects the tokens sorted by name. */
    static final class Builder {
        private final Map<String, Object> variables = new LinkedHashMap<>();
        private final List<Named> all = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        void put(String key, Named token) {
            if (!token.content().isEmpty()) {
                variables.put(key, token.content());
                putUnnamed(List.of(token));
            }
        }

        void putAdditional(List<Named> tokens) {
            if (!tokens.isEmpty()) {
                List<Object> texts = new ArrayList<>();
                tokens.forEach(token -> texts.add(token.content()));
                variables.put("additional_special_tokens", texts);
                putUnnamed(tokens);
            }
        }

        void putUnnamed(List<Named> tokens) {
            tokens.stream().filter(token -> !seen.contains(token.content())).forEach(all::add);
            tokens.forEach(token -> seen.add(token.content()));
        }

        SpecialTokens build() {
            return new SpecialTokens(variables, List.copyOf(all));
        }
    }
}
