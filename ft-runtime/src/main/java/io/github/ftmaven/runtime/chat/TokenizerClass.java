package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Additions of transformers 4.57's tokenizer classes to tokenizer.json, for the classes of causal language models. */
enum TokenizerClass {
    /** Adds nothing. */
    PLAIN(Surround.NEVER),
    /** Adds nothing either; written by transformers 5, which stores names of special tokens elsewhere. */
    BACKEND(Surround.NEVER),
    LLAMA(Surround.WITH_BOS),
    CODE_LLAMA(Surround.WITH_BOS),
    GEMMA(Surround.WITH_BOS),
    COHERE(Surround.WITH_BOS),
    GPT_NEOX(Surround.WITHOUT_BOS),
    GPT2(Surround.NEVER),
    QWEN2(Surround.NEVER),
    BLOOM(Surround.NEVER);

    /** How a class rebuilds the post-processor from {@code add_bos_token} and {@code add_eos_token}. */
    enum Surround {
        NEVER,
        WITHOUT_BOS,
        WITH_BOS
    }

    private static final Map<String, TokenizerClass> BY_NAME = Map.ofEntries(
            Map.entry("PreTrainedTokenizer", PLAIN),
            Map.entry("TokenizersBackend", BACKEND),
            Map.entry("PythonBackend", BACKEND),
            Map.entry("LlamaTokenizer", LLAMA),
            Map.entry("CodeLlamaTokenizer", CODE_LLAMA),
            Map.entry("GemmaTokenizer", GEMMA),
            Map.entry("CohereTokenizer", COHERE),
            Map.entry("GPTNeoXTokenizer", GPT_NEOX),
            Map.entry("GPT2Tokenizer", GPT2),
            Map.entry("CodeGenTokenizer", GPT2),
            Map.entry("Qwen2Tokenizer", QWEN2),
            Map.entry("BloomTokenizer", BLOOM));

    /** The default class of a model family. */
    private static final Map<String, TokenizerClass> BY_MODEL_TYPE = Map.of(
            "llama", LLAMA,
            "mistral", LLAMA,
            "phi3", LLAMA,
            "qwen2", QWEN2,
            "qwen3", QWEN2,
            "gemma", GEMMA,
            "gemma2", GEMMA,
            "gemma3", GEMMA,
            "gemma3_text", GEMMA);

    private static final String END_OF_TEXT = "<|endoftext|>";

    private final Surround surround;

    TokenizerClass(Surround surround) {
        this.surround = surround;
    }

    /** The default special tokens of a class; empty for those without a default. */
    private Map<String, Optional<String>> defaults() {
        return switch (this) {
            case PLAIN, BACKEND -> Map.of();
            case LLAMA, CODE_LLAMA -> tokens("<s>", "</s>", "<unk>");
            case GEMMA -> padded(tokens("<bos>", "<eos>", "<unk>"), "<pad>");
            case COHERE -> tokens("<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>", "<UNK>");
            case GPT_NEOX -> padded(tokens(END_OF_TEXT, END_OF_TEXT, END_OF_TEXT), null);
            case GPT2 -> tokens(END_OF_TEXT, END_OF_TEXT, END_OF_TEXT);
            case QWEN2 -> padded(tokens(null, END_OF_TEXT, END_OF_TEXT), END_OF_TEXT);
            case BLOOM -> padded(tokens("<s>", "</s>", "<unk>"), "<pad>");
        };
    }

    private static Map<String, Optional<String>> tokens(@Nullable String bos, String eos, String unknown) {
        return Map.of(
                "bos_token", Optional.ofNullable(bos),
                "eos_token", Optional.of(eos),
                "unk_token", Optional.of(unknown));
    }

    private static Map<String, Optional<String>> padded(
            Map<String, Optional<String>> tokens, @Nullable String padding) {
        Map<String, Optional<String>> all = new HashMap<>(tokens);
        all.put("pad_token", Optional.ofNullable(padding));
        return all;
    }

    /**
     * The class that a model's files name, or else its family's default.
     *
     * @throws InvalidInputException if the effect of the class is unknown
     */
    static TokenizerClass of(JsonNode tokenizerConfig, JsonNode modelConfig, Path modelDirectory) {
        boolean own = tokenizerConfig.path("tokenizer_class").isTextual();
        JsonNode named = (own ? tokenizerConfig : modelConfig).path("tokenizer_class");
        if (!named.isTextual()) {
            return BY_MODEL_TYPE.getOrDefault(modelConfig.path("model_type").asText(), PLAIN);
        }
        TokenizerClass known = BY_NAME.get(named.textValue().replaceFirst("Fast$", ""));
        if (known == null) {
            Path file = modelDirectory.resolve(own ? "tokenizer_config.json" : "config.json");
            throw new InvalidInputException(file + ": tokenizer_class is '" + named.textValue()
                    + "', a class whose additions to tokenizer.json are unknown."
                    + Suggestion.didYouMean(named.textValue(), BY_NAME.keySet())
                    + " If tokenizer.json is the complete tokenizer, use PreTrainedTokenizerFast.");
        }
        return known;
    }

    /** Whether the class sets a special token itself, even to none. */
    boolean knows(String specialToken) {
        return defaults().containsKey(specialToken);
    }

    /** The default special token of the class. */
    Optional<String> byDefault(String specialToken) {
        return defaults().getOrDefault(specialToken, Optional.empty());
    }

    Surround surround() {
        return surround;
    }

    /** The names of settings whose tokens become additional special tokens, with their defaults. */
    List<Map.Entry<String, String>> additional() {
        return this != CODE_LLAMA
                ? List.of()
                : List.of(
                        Map.entry("prefix_token", "▁<PRE>"),
                        Map.entry("middle_token", "▁<MID>"),
                        Map.entry("suffix_token", "▁<SUF>"),
                        Map.entry("eot_token", "▁<EOT>"));
    }

    /** Whether a special token of this name is never matched in the normalized text, and loses other flags. */
    boolean marks(String specialToken) {
        return this == QWEN2 && knows(specialToken);
    }

    /** Whether {@code add_prefix_space: true} affects every part of the pre-tokenizer and the decoder. */
    boolean spacesThroughout() {
        return this == COHERE || this == BLOOM;
    }

    /** Whether the class treats a missing {@code add_prefix_space} as false. */
    boolean spacesByDefault() {
        return this != LLAMA;
    }
}
