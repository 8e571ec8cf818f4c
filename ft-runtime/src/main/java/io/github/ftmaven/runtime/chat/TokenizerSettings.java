package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files beside tokenizer.json, read as transformers' {@code from_pretrained} reads them. If tokenizer_config.json
 * has {@code added_tokens_decoder}, nothing else counts. If not, special_tokens_map.json takes precedence, and the
 * tokens in added_tokens.json and tokenizer.json are included.
 */
final class TokenizerSettings {
    private static final ObjectMapper JSON = Json.lenient();
    private static final String CONFIG = "tokenizer_config.json";
    private static final String DECODER = "added_tokens_decoder";
    private static final String ADDITIONAL = "additional_special_tokens";
    private static final String EXTRA = "extra_special_tokens";
    private static final String TYPE = "__type";
    /**
     * The type of an object in special_tokens_map.json, which transformers has already converted when it compares
     * names.
     */
    private static final String OF_MAP = "special_tokens_map";

    private static final List<String> NAMED =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private final Path directory;
    private final TokenizerClass kind;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final TreeMap<Integer, AddedToken> declared = new TreeMap<>();
    private final Map<String, AddedToken> known = new HashMap<>();
    private final SpecialTokens special;

    /**
     * Reads the files of a model's directory.
     *
     * @param added the {@code added_tokens} of tokenizer.json
     * @param padding its {@code padding}
     */
    TokenizerSettings(Path directory, JsonNode added, JsonNode padding) {
        this.directory = directory;
        JsonNode config = object(CONFIG);
        this.kind = TokenizerClass.of(config, ChatTemplate.json(directory.resolve("config.json")), directory);
        config.properties().forEach(setting -> values.put(setting.getKey(), setting.getValue()));
        if (config.has(DECODER)) {
            config.path(DECODER).properties().forEach(this::declare);
        } else {
            readOlderFiles(added);
        }
        if (!kind.knows("pad_token") && padding.path("pad_token").isTextual()) {
            values.putIfAbsent("pad_token", padding.path("pad_token"));
        }
        if (truth("split_special_tokens", false)) {
            throw invalid("split_special_tokens is true, which is not supported");
        }
        this.special = special();
    }

    /** The special tokens from the files or the class. */
    SpecialTokens specialTokens() {
        return special;
    }

    /** The tokens with an id in the files, in the order of these ids. */
    Collection<AddedToken> declaredTokens() {
        return declared.values();
    }

    /**
     * Checks that a special token in a file exists.
     *
     * @throws InvalidInputException if it does not
     */
    void checkListed(String key, Set<String> tokens) {
        String token = text(values.getOrDefault(key, MissingNode.getInstance()));
        if (!token.isEmpty() && !tokens.contains(token)) {
            throw invalid(key + " is '" + token + "', which tokenizer.json does not have");
        }
    }

    /** Whether the tokens around a text come from these settings instead of tokenizer.json. */
    boolean rebuildsEnds() {
        return kind.surround() != TokenizerClass.Surround.NEVER;
    }

    /** The token to add before a text. */
    Set<String> beginning() {
        return end("bos", kind.surround() == TokenizerClass.Surround.WITH_BOS);
    }

    /** The token to add after a text. */
    Set<String> end() {
        return end("eos", false);
    }

    private Set<String> end(String name, boolean byDefault) {
        if (!truth("add_" + name + "_token", byDefault)) {
            return Set.of();
        }
        String key = name + "_token";
        return Set.of(special.named(key)
                .orElseThrow(() -> invalid("add_" + key + " is true, but there is no " + key + ". Name one, or set add_"
                        + key + " to false")));
    }

    /**
     * The parts that the tokenizer's class creates from these settings, in place of those of tokenizer.json. A {@code
     * LlamaTokenizer} does this if {@code add_prefix_space} is set, except with the files of transformers 5, which
     * already contain the right parts.
     */
    Map<String, JsonNode> rebuiltParts() {
        JsonNode spaces = values.getOrDefault("add_prefix_space", NullNode.getInstance());
        return kind != TokenizerClass.LLAMA || spaces.isNull() || values.containsKey("backend")
                ? Map.of()
                : SentencePieceParts.of(
                        values.getOrDefault("legacy", NullNode.getInstance()).isNull() || truth("legacy", true),
                        truth("add_prefix_space", true));
    }

    /** A pre-tokenizer or decoder with the spaces that {@code add_prefix_space} requires. */
    JsonNode spaced(JsonNode part, boolean splits) {
        JsonNode value = values.getOrDefault("add_prefix_space", MissingNode.getInstance());
        boolean spaces = truth("add_prefix_space", false);
        JsonNode result = part.deepCopy();
        if (splits
                && result.path("type").asText().equals("ByteLevel")
                && result instanceof ObjectNode bytes
                && (value.isBoolean() || (value.isMissingNode() && kind.spacesByDefault()))) {
            bytes.put("add_prefix_space", spaces);
        }
        if (spaces && kind.spacesThroughout()) {
            result.findParents("add_prefix_space")
                    .forEach(parent -> ((ObjectNode) parent).put("add_prefix_space", true));
        }
        return result;
    }

    private void readOlderFiles(JsonNode added) {
        object("special_tokens_map.json").properties().forEach(this::overrule);
        object("added_tokens.json").properties().forEach(token -> {
            boolean special = namesSpecial(token.getKey());
            declared.put(
                    token.getValue().asInt(),
                    AddedToken.named(token.getKey(), special).withNormalized(!special));
        });
        for (JsonNode token : added) {
            AddedToken own = AddedToken.of(token);
            declared.put(token.path("id").asInt(), own);
            known.put(own.content(), own);
        }
    }

    private void declare(Map.Entry<String, JsonNode> entry) {
        if (!entry.getValue().isObject() || !entry.getKey().matches("[0-9]{1,9}")) {
            throw invalid(DECODER + "." + entry.getKey() + " must be an object under an id");
        }
        AddedToken token = AddedToken.of(entry.getValue());
        declared.put(Integer.parseInt(entry.getKey()), token);
        known.put(token.content(), token);
    }

    private void overrule(Map.Entry<String, JsonNode> entry) {
        JsonNode value = entry.getValue();
        if (entry.getKey().equals(ADDITIONAL) && value.isArray()) {
            ArrayNode tokens = JSON.createArrayNode();
            values.getOrDefault(ADDITIONAL, tokens).forEach(tokens::add);
            for (JsonNode token : value) {
                JsonNode marked = marked(token);
                if (!contains(tokens, marked)) {
                    tokens.add(marked);
                }
            }
            value = tokens;
        }
        values.put(entry.getKey(), marked(value));
    }

    private static boolean contains(ArrayNode tokens, JsonNode token) {
        for (JsonNode other : tokens) {
            if (other.equals(token)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode marked(JsonNode token) {
        return token instanceof ObjectNode object
                ? object.deepCopy().put("special", true).put(TYPE, OF_MAP)
                : token;
    }

    private boolean namesSpecial(String token) {
        return values.entrySet().stream()
                .filter(value ->
                        NAMED.contains(value.getKey()) || value.getKey().equals(ADDITIONAL))
                .flatMap(value -> value.getValue().isArray()
                        ? StreamSupport.stream(value.getValue().spliterator(), false)
                        : Stream.of(value.getValue()))
                .filter(value -> value.isTextual() || value.path(TYPE).asText().equals(OF_MAP))
                .anyMatch(value -> text(value).equals(token));
    }

    private static String text(JsonNode token) {
        return (token.isObject() ? token.path("content") : token).asText("");
    }

    private SpecialTokens special() {
        SpecialTokens.Builder tokens = new SpecialTokens.Builder();
        for (String key : NAMED) {
            if (values.containsKey(key)) {
                JsonNode value = values.get(key);
                if (!value.isNull()) {
                    tokens.put(key, resolved(key, value));
                }
            } else {
                kind.byDefault(key).ifPresent(own -> tokens.put(key, plain(key, own)));
            }
        }
        List<SpecialTokens.Named> additional = new ArrayList<>();
        list(ADDITIONAL).forEach(token -> additional.add(named(ADDITIONAL, token)));
        for (Map.Entry<String, String> own : kind.additional()) {
            JsonNode value = values.get(own.getKey());
            if (value == null) {
                additional.add(new SpecialTokens.Named(own.getValue(), null));
            } else if (!value.isNull()) {
                additional.add(named(own.getKey(), value));
            }
        }
        tokens.putAdditional(additional);
        JsonNode extra = values.getOrDefault(EXTRA, MissingNode.getInstance());
        extra.properties().forEach(token -> tokens.put(token.getKey(), named(token.getKey(), token.getValue())));
        if (extra.isArray() || kind == TokenizerClass.BACKEND) {
            // transformers 5 lists the additional tokens there, and the model's own at the top level.
            Map<String, JsonNode> own = new LinkedHashMap<>(values);
            values.getOrDefault("model_specific_special_tokens", MissingNode.getInstance())
                    .properties()
                    .forEach(token -> own.put(token.getKey(), token.getValue()));
            own.forEach((key, value) -> {
                if (key.endsWith("_token") && !NAMED.contains(key) && (value.isTextual() || value.has(TYPE))) {
                    tokens.put(key, named(key, value));
                }
            });
            tokens.putUnnamed(
                    list(EXTRA).stream().map(token -> named(EXTRA, token)).toList());
        }
        return tokens.build();
    }

    private List<JsonNode> list(String key) {
        JsonNode value = values.getOrDefault(key, MissingNode.getInstance());
        if (value.isMissingNode() || value.isNull() || (value.isObject() && key.equals(EXTRA))) {
            return List.of();
        }
        if (!value.isArray()) {
            throw invalid(key + " must be a list of tokens");
        }
        List<JsonNode> tokens = new ArrayList<>();
        value.forEach(tokens::add);
        return tokens;
    }

    private SpecialTokens.Named resolved(String key, JsonNode value) {
        SpecialTokens.Named named = named(key, value);
        AddedToken own = known.get(named.content());
        if (own != null) {
            return new SpecialTokens.Named(named.content(), own);
        }
        return named.flags() == null ? plain(key, named.content()) : named;
    }

    /** A token of which only the text is known, with the class's default flags. */
    private SpecialTokens.Named plain(String key, String content) {
        return new SpecialTokens.Named(content, kind.marks(key) ? AddedToken.named(content, true) : null);
    }

    private SpecialTokens.Named named(String key, JsonNode value) {
        String content = text(value);
        if (!(value.isTextual() || value.path("content").isTextual())) {
            throw invalid(key + " is " + value + ", but must be a token: its text, or an object with its content");
        }
        return new SpecialTokens.Named(content, value.isObject() ? AddedToken.of(value) : null);
    }

    /** A setting as a truth value in Python. */
    private boolean truth(String key, boolean byDefault) {
        JsonNode value = values.get(key);
        if (value == null) {
            return byDefault;
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return value.isContainerNode() ? !value.isEmpty() : value.asBoolean();
    }

    private JsonNode object(String name) {
        Path file = directory.resolve(name);
        JsonNode json = ChatTemplate.json(file);
        if (!json.isMissingNode() && !json.isObject()) {
            throw new InvalidInputException(file + ": must be a JSON object.");
        }
        return json;
    }

    private InvalidInputException invalid(String why) {
        return new InvalidInputException(directory.resolve(CONFIG) + ": " + why + ".");
    }
}
