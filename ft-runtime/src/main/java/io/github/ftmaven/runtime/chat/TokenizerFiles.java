package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Combines the files of a tokenizer as transformers does: tokenizer.json, plus the tokens that only other files name,
 * and the tokens that the tokenizer's class adds around a text.
 */
final class TokenizerFiles {
    private static final ObjectMapper JSON = Json.lenient();

    private final TokenizerJson json;
    private final Map<String, JsonNode> replaced = new LinkedHashMap<>();
    private final AddedVocabulary vocabulary;
    private final Map<String, Integer> ids;
    private final Set<String> known;
    private final SpecialTokens special;
    private final OptionalInt endOfText;

    private TokenizerFiles(Path modelDirectory) {
        json = TokenizerJson.read(modelDirectory.resolve("tokenizer.json"));
        LibraryLimits.check(json);
        JsonNode own = json.part("added_tokens");
        own.forEach(this::checkToken);
        TokenizerSettings settings = new TokenizerSettings(modelDirectory, own, json.part("padding"));
        special = settings.specialTokens();

        vocabulary = new AddedVocabulary(json.vocabulary(), json.vocabularySize());
        List<AddedToken> tokens = new ArrayList<>();
        own.forEach(token -> tokens.add(AddedToken.of(token)));
        List<AddedToken> added = vocabulary.add(tokens);
        vocabulary.add(missing(settings)).forEach(token -> added.add(asFoundBefore(token, tokens)));
        vocabulary.tokens().forEach(this::checkBlank);
        if (added.size() != own.size()) {
            replaced.put("added_tokens", array(added));
        }
        ids = Map.copyOf(vocabulary.all());
        known = new HashSet<>(json.vocabulary().keySet());
        own.forEach(token -> known.add(token.path("content").asText()));
        settings.declaredTokens().forEach(token -> known.add(token.content()));
        endOfText = listed(special.named("eos_token"));
        settings.checkListed("eos_token", known);

        if (settings.rebuildsEnds()) {
            replaced.put(
                    "post_processor", PostProcessors.around(withIds(settings.beginning()), withIds(settings.end())));
        }
        replace("pre_tokenizer", settings.spaced(json.part("pre_tokenizer"), true));
        replace("decoder", settings.spaced(json.part("decoder"), false));
        if (json.hasPieces()) {
            settings.rebuiltParts().forEach(this::replace);
        }
    }

    /**
     * Reads the tokenizer's files in a model's directory; {@code tokenizer.json} is required.
     *
     * @throws InvalidInputException if a file is malformed, or contradicts another
     */
    static TokenizerFiles read(Path modelDirectory) {
        return new TokenizerFiles(modelDirectory);
    }

    /** The whole tokenizer in one file, for the library. */
    InputStream open() throws IOException {
        return json.with(replaced);
    }

    /** The ids of all tokens, including the added ones. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** The added tokens, which the library matches before it splits a text. */
    Map<Integer, AddedToken> added() {
        return vocabulary.byId();
    }

    /** The texts of the added tokens. */
    List<String> specialTokens() {
        return vocabulary.tokens().stream().map(AddedToken::content).toList();
    }

    /**
     * The highest id of a token in the files, plus one. Tokens that are only named, as a padding token often is, have
     * higher ids, and need no row in the embedding.
     */
    int size() {
        long highest = known.stream()
                .map(ids::get)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
        return Math.toIntExact(Math.min(highest + 1, Integer.MAX_VALUE));
    }

    /** The normalizer, which changes a text before its tokens are matched; null or missing if there is none. */
    JsonNode normalizer() {
        JsonNode rebuilt = replaced.get("normalizer");
        return rebuilt == null ? json.part("normalizer") : rebuilt;
    }

    private void checkToken(JsonNode token) {
        if (!token.path("content").isTextual()) {
            throw new InvalidInputException(json.file() + ": the tokenizer cannot be loaded: in its added_tokens, "
                    + token + " is not a token.");
        }
    }

    /** A blank token that includes other blanks takes the library quadratic time. */
    private void checkBlank(AddedToken token) {
        if (token.content().isBlank() && (token.lstrip() || token.rstrip())) {
            throw new InvalidInputException(json.file() + ": the tokenizer cannot be loaded: its added token '"
                    + token.content() + "' is blank and strips the blanks beside it (lstrip, rstrip).");
        }
    }

    /** The id of {@code eos_token}. */
    OptionalInt endOfText() {
        return endOfText;
    }

    /** The id of {@code bos_token}. */
    OptionalInt beginningOfText() {
        return listed(special.named("bos_token"));
    }

    /** The tokens that transformers adds after it has loaded tokenizer.json. */
    private List<AddedToken> missing(TokenizerSettings settings) {
        List<AddedToken> tokens = new ArrayList<>(settings.declaredTokens());
        Set<String> names = new HashSet<>();
        vocabulary.tokens().forEach(token -> names.add(token.content()));
        tokens.forEach(token -> names.add(token.content()));
        List<AddedToken> named = new ArrayList<>();
        for (SpecialTokens.Named token : special.all()) {
            AddedToken flags = token.flags();
            if (flags == null) {
                if (!names.contains(token.content())) {
                    named.add(AddedToken.named(token.content(), true));
                }
            } else if (tokens.stream().noneMatch(flags::isSameAs)) {
                named.add(flags);
            }
        }
        tokens.addAll(named);
        tokens.replaceAll(token -> token.withSpecial(token.special() || special.contains(token.content())));
        return tokens;
    }

    /**
     * A token that becomes special is still matched where the library matched it before: in the original text, unless
     * it was matched in the normalized one.
     */
    private static AddedToken asFoundBefore(AddedToken token, List<AddedToken> own) {
        List<AddedToken> before = own.stream()
                .filter(other -> other.content().equals(token.content()))
                .toList();
        return token.special()
                        && before.stream().noneMatch(AddedToken::special)
                        && !before.stream().allMatch(AddedToken::normalized)
                ? token.withNormalized(false)
                : token;
    }

    private JsonNode array(List<AddedToken> tokens) {
        ArrayNode array = JSON.createArrayNode();
        tokens.forEach(
                token -> array.add(token.toJson(vocabulary.id(token.content()).orElseThrow())));
        return array;
    }

    private Map<String, Integer> withIds(Set<String> tokens) {
        Map<String, Integer> map = new LinkedHashMap<>();
        tokens.forEach(token -> map.put(token, Objects.requireNonNull(ids.get(token))));
        return map;
    }

    private void replace(String part, JsonNode value) {
        if (!value.equals(json.part(part))) {
            replaced.put(part, value);
        }
    }

    private OptionalInt listed(Optional<String> token) {
        return token.filter(known::contains).map(ids::get).map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
