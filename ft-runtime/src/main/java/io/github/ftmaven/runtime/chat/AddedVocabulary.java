package io.github.ftmaven.runtime.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ids that the tokenizers library gives to added tokens. It ignores the ids in files: a token of the model's
 * vocabulary keeps its id, and any other token gets the next free one.
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

    /**
     * Adds tokens, or updates the flags of existing ones.
     *
     * @return the tokens that changed anything
     */
    List<AddedToken> add(List<AddedToken> more) {
        Set<AddedToken> seen = new HashSet<>();
        tokens.values().forEach(token -> seen.add(token.resolved()));
        List<AddedToken> changes = new ArrayList<>();
        for (AddedToken token : more) {
            if (!token.content().isEmpty() && seen.add(token.resolved())) {
                int id = id(token.content()).orElseGet(this::next);
                ids.put(token.content(), id);
                tokens.put(id, token);
                changes.add(token);
            }
        }
        return changes;
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

    /** The ids of all tokens, the model's and the added ones. */
    Map<String, Integer> all() {
        Map<String, Integer> all = new HashMap<>(vocabulary);
        all.putAll(ids);
        return all;
    }
}
