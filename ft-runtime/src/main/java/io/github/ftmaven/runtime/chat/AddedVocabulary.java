package io.github.ftmaven.runtime.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The ids that the tokenizers library gives to added tokens. It heeds no id that a file writes: a token of the model's
 * vocabulary keeps its id, and any other gets the next one that is free.
 */
final class AddedVocabulary {
    private final Map<String, Integer> vocabulary;
    private final int vocabularySize;
    private final Map<String, Integer> ids = new HashMap<>();
    private final TreeMap<Integer, AddedToken> tokens = new TreeMap<>();

    AddedVocabulary(Map<String, Integer> vocabulary, int vocabularySize) {
        this.vocabulary = vocabulary;
        this.vocabularySize = vocabularySize;
    }

    /** Adds a token, or gives new flags to one that is there; false if it is there as it is. */
    boolean add(AddedToken token) {
        Integer known = ids.get(token.content());
        if (token.content().isEmpty()
                || (known != null
                        && Optional.ofNullable(tokens.get(known))
                                .filter(token::isSameAs)
                                .isPresent())) {
            return false;
        }
        int id = id(token.content()).orElseGet(this::next);
        ids.put(token.content(), id);
        tokens.put(id, token);
        return true;
    }

    private int next() {
        int highest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        return Math.max(highest + 1, vocabularySize);
    }

    OptionalInt id(String token) {
        Integer id = ids.containsKey(token) ? ids.get(token) : vocabulary.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The added tokens by id. */
    Map<Integer, AddedToken> byId() {
        return tokens;
    }

    Collection<AddedToken> tokens() {
        return tokens.values();
    }

    /** Every token's id, the model's and the added ones. */
    Map<String, Integer> all() {
        Map<String, Integer> all = new HashMap<>(vocabulary);
        all.putAll(ids);
        return all;
    }
}
