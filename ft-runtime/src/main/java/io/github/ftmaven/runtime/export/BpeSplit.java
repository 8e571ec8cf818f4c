package io.github.ftmaven.runtime.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;

/** The rules of byte-level BPE in llama.cpp that split text before merging ({@code src/llama-vocab.cpp}). */
enum BpeSplit {
    GPT_2("gpt-2", false, ""),
    /** Splits off each digit, then splits like GPT-2. */
    SMOLLM("smollm", false, ""),
    LLAMA_BPE(
            "llama-bpe",
            true,
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    QWEN2(
            "qwen2",
            false,
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    TEKKEN(
            "tekken",
            true,
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    private final String key;
    private final boolean ignoresMerges;
    private final String regex;

    BpeSplit(String key, boolean ignoresMerges, String regex) {
        this.key = key;
        this.ignoresMerges = ignoresMerges;
        this.regex = regex;
    }

    /** The value of {@code tokenizer.ggml.pre}. */
    String key() {
        return key;
    }

    /**
     * The splitting rule of a {@code tokenizer.json}.
     *
     * @throws InvalidInputException if llama.cpp does not support it; the message is a clause with the reason
     */
    static BpeSplit of(JsonNode tokenizer) {
        JsonNode normalizer = tokenizer.path("normalizer").path("type");
        BpeSplit split = find(tokenizer.path("pre_tokenizer"));
        // Qwen's files require NFC, and llama.cpp assumes that text already is.
        if (!normalizer.isMissingNode()
                && !(split == QWEN2 && normalizer.asText().equals("NFC"))) {
            throw new InvalidInputException("its normalizer is of type " + normalizer.asText());
        }
        boolean ignores = tokenizer.path("model").path("ignore_merges").asBoolean();
        if (ignores != split.ignoresMerges) {
            throw new InvalidInputException("its ignore_merges is " + ignores + ", which does not fit " + split.key);
        }
        return split;
    }

    private static BpeSplit find(JsonNode preTokenizer) {
        JsonNode parts = preTokenizer.path("pretokenizers");
        JsonNode bytes = parts.isArray() ? parts.path(parts.size() - 1) : preTokenizer;
        JsonNode before = parts.path(0);
        if (bytes.path("type").asText().equals("ByteLevel")
                && !bytes.path("add_prefix_space").asBoolean(true)) {
            boolean gpt2 = bytes.path("use_regex").asBoolean(true);
            if (gpt2 && parts.size() < 2) {
                return GPT_2;
            }
            if (gpt2
                    && parts.size() == 2
                    && before.path("type").asText().equals("Digits")
                    && before.path("individual_digits").asBoolean()) {
                return SMOLLM;
            }
            boolean isolated = before.path("type").asText().equals("Split")
                    && before.path("behavior").asText().equals("Isolated")
                    && !before.path("invert").asBoolean();
            for (BpeSplit split : values()) {
                if (!gpt2
                        && parts.size() == 2
                        && isolated
                        && split.regex.equals(
                                before.path("pattern").path("Regex").asText("none"))) {
                    return split;
                }
            }
        }
        throw new InvalidInputException(
                "its pre_tokenizer is not the one of GPT-2, Llama 3, Qwen 2, SmolLM or Mistral NeMo");
    }
}
