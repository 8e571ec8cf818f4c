package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the classes of transformers 4.57 do beyond tokenizer.json, for those that causal language models have. */
enum TokenizerClass {
    /** Adds nothing. */
    PLAIN(Surround.NEVER, Map.of()),
    /** Adds nothing either; transformers 5 writes it, with names of special tokens in places of its own. */
    BACKEND(Surround.NEVER, Map.of()),
    LLAMA(Surround.WITH_BOS, Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>")),
    CODE_LLAMA(Surround.WITH_BOS, LLAMA.defaults),
    GEMMA(
            Surround.WITH_BOS,
            Map.of("bos_token", "<bos>", "eos_token", "<eos>", "unk_token", "<unk>", "pad_token", "<pad>")),
    COHERE(
            Surround.WITH_BOS,
            Map.of("bos_token", "<BOS_TOKEN>", "eos_token", "<|END_OF_TURN_TOKEN|>", "unk_token", "<UNK>")),
    GPT_NEOX(Surround.WITHOUT_BOS, endOfText("bos_token", "eos_token", "unk_token", "pad_token:")),
    GPT2(Surround.NEVER, endOfText("bos_token", "eos_token", "unk_token")),
    QWEN2(Surround.NEVER, endOfText("bos_token:", "eos_token", "unk_token", "pad_token")),
    BLOOM(Surround.NEVER, Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>"));

    /** How a class makes the post-processor anew from {@code add_bos_token} and {@code add_eos_token}. */
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

    /** The class of a family whose files name none. */
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

    private final Surround surround;
    private final Map<String, @Nullable String> defaults;

    TokenizerClass(Surround surround, Map<String, @Nullable String> defaults) {
        this.surround = surround;
        this.defaults = defaults;
    }

    /** Names with a colon stand for the class's explicit None. */
    private static Map<String, @Nullable String> endOfText(String... names) {
        Map<String, @Nullable String> defaults = new HashMap<>();
        for (String name : names) {
            defaults.put(name.replace(":", ""), name.endsWith(":") ? null : "<|endoftext|>");
        }
        return defaults;
    }

    /**
     * The class that a model's files name, or else its family's.
     *
     * @throws InvalidInputException if it is one whose effect is not known
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
                    + "', and what that class adds to tokenizer.json is not known."
                    + Suggestion.didYouMean(named.textValue(), BY_NAME.keySet())
                    + " Where tokenizer.json is the whole tokenizer, write PreTrainedTokenizerFast.");
        }
        return known;
    }

    /** Whether the class has a value of its own for a special token, be it none. */
    boolean knows(String specialToken) {
        return defaults.containsKey(specialToken);
    }

    /** The special token that the class has where no file names one. */
    @Nullable
    String byDefault(String specialToken) {
        return defaults.get(specialToken);
    }

    Surround surround() {
        return surround;
    }

    /** The names of settings whose tokens become additional special ones, each with its default. */
    List<Map.Entry<String, String>> additional() {
        return this != CODE_LLAMA
                ? List.of()
                : List.of(
                        Map.entry("prefix_token", "▁<PRE>"),
                        Map.entry("middle_token", "▁<MID>"),
                        Map.entry("suffix_token", "▁<SUF>"),
                        Map.entry("eot_token", "▁<EOT>"));
    }

    /** Whether names of special tokens are never looked for in the normalized text. */
    boolean marksSpecialTokens() {
        return this == QWEN2;
    }

    /** Whether {@code add_prefix_space: true} reaches every part of the splitting and the decoder. */
    boolean spacesThroughout() {
        return this == COHERE || this == BLOOM;
    }

    /** Whether the class takes no {@code add_prefix_space} for false. */
    boolean spacesByDefault() {
        return this != LLAMA;
    }
}
