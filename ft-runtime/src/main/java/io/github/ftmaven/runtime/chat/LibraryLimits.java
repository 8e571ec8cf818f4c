package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Inputs that the tokenizers library neither supports nor rejects: it crashes the process, on loading or at the first
 * text, and no code can catch that.
 */
final class LibraryLimits {
    /** The library's JSON reader allows 128 levels; in a decoder it assumes that no error can occur. */
    private static final int DEEPEST = 100;

    private static final String NORMALIZER = "normalizer";
    private static final String DECODER = "decoder";

    private static final Map<String, Set<String>> TYPES = Map.of(
            NORMALIZER,
            Set.of(
                    "BertNormalizer",
                    "ByteLevel",
                    "Lowercase",
                    "NFC",
                    "NFD",
                    "NFKC",
                    "NFKD",
                    "Nmt",
                    "Precompiled",
                    "Prepend",
                    "Replace",
                    "Sequence",
                    "Strip",
                    "StripAccents"),
            "pre_tokenizer",
            Set.of(
                    "BertPreTokenizer",
                    "ByteLevel",
                    "CharDelimiterSplit",
                    "Delimiter",
                    "Digits",
                    "FixedLength",
                    "Metaspace",
                    "Punctuation",
                    "Sequence",
                    "Split",
                    "UnicodeScripts",
                    "Whitespace",
                    "WhitespaceSplit"),
            "post_processor",
            Set.of("BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"),
            DECODER,
            Set.of(
                    "BPEDecoder",
                    "ByteFallback",
                    "ByteLevel",
                    "CTC",
                    "Fuse",
                    "Metaspace",
                    "Replace",
                    "Sequence",
                    "Strip",
                    "WordPiece"));

    private static final Set<String> LISTS = Set.of("normalizers", "pretokenizers", "processors", "decoders");

    private final Path file;

    private LibraryLimits(Path file) {
        this.file = file;
    }

    /**
     * Checks the parts of a tokenizer around its model.
     *
     * @throws InvalidInputException if one of them would crash the process
     */
    static void check(TokenizerJson json) {
        LibraryLimits limits = new LibraryLimits(json.file());
        for (String name : List.of(NORMALIZER, "pre_tokenizer", "post_processor", DECODER)) {
            JsonNode part = json.part(name);
            limits.checkValues(name, part, 0);
            limits.check(name, part);
            limits.checkPatterns(name, part);
        }
        if (templates(json.part("post_processor")) > 1) {
            throw limits.invalid("post_processor", "two templates follow each other");
        }
    }

    /** Rejects JSON numbers and texts that the library cannot read. */
    private void checkValues(String name, JsonNode value, int depth) {
        if (depth > DEEPEST) {
            throw invalid(name, "parts are nested more than " + DEEPEST + " levels deep");
        } else if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
            throw invalid(name, "a number is too large");
        } else if (value.isTextual()) {
            checkText(name, value.textValue());
        }
        value.fieldNames().forEachRemaining(key -> checkText(name, key));
        for (JsonNode inner : value) {
            checkValues(name, inner, depth + 1);
        }
    }

    private void checkText(String name, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw invalid(name, "a text contains an unpaired surrogate");
        }
    }

    /** Checks a part by its type, and the parts that it lists. */
    private void check(String name, JsonNode part) {
        if (!part.isObject()) {
            return;
        }
        String type = part.path("type").asText();
        // The library guesses a part's type from its keys, which could differ from its declared one.
        if (!TYPES.getOrDefault(name, Set.of()).contains(type)) {
            throw invalid(name, part.has("type") ? "the type '" + type + "' is unknown" : "a part has no type");
        }
        switch (type) {
            case "TemplateProcessing" -> checkTemplate(part);
            case "Strip" -> {
                if (name.equals(DECODER) && !isZero(part.path("stop"))) {
                    throw invalid(name, "Strip has a stop other than 0, which is not supported");
                }
            }
            case "FixedLength" -> {
                if (isZero(part.path("length"))) {
                    throw invalid(name, "FixedLength has the length 0");
                }
            }
            case "Precompiled" -> {
                if (!CharacterMap.isSound(part.path("precompiled_charsmap").asText())) {
                    throw invalid(name, "precompiled_charsmap is damaged");
                }
            }
            case "Replace" -> {
                if (name.equals(NORMALIZER)) {
                    checkReplace(part);
                }
            }
            default -> {}
        }
        for (Map.Entry<String, JsonNode> entry : part.properties()) {
            if (LISTS.contains(entry.getKey())) {
                entry.getValue().forEach(inner -> check(name, inner));
            }
        }
    }

    private static boolean isZero(JsonNode number) {
        return number.isIntegralNumber() && number.bigIntegerValue().signum() == 0;
    }

    /** Inserted text without a counterpart in the original has no offset. */
    private void checkReplace(JsonNode part) {
        JsonNode pattern = part.path("pattern");
        boolean nothing = pattern.has("String")
                ? pattern.path("String").asText().isEmpty()
                : Backtracking.findsNothing(pattern.path("Regex").asText());
        if (nothing && !part.path("content").asText().isEmpty()) {
            throw invalid(NORMALIZER, "Replace inserts text at an empty match of its pattern");
        }
    }

    private void checkPatterns(String name, JsonNode part) {
        JsonNode regex = part.path("Regex");
        if (regex.isTextual() && Backtracking.explodes(regex.textValue())) {
            throw invalid(
                    name,
                    "the pattern " + regex.textValue()
                            + " takes far more steps than a text has characters, for some texts");
        }
        for (JsonNode inner : part) {
            checkPatterns(name, inner);
        }
    }

    private static int templates(JsonNode processor) {
        int templates = processor.path("type").asText().equals("TemplateProcessing") ? 1 : 0;
        for (JsonNode inner : processor.path("processors")) {
            templates += templates(inner);
        }
        return templates;
    }

    private void checkTemplate(JsonNode processor) {
        int texts = 0;
        for (JsonNode piece : processor.path("single")) {
            String sequence = piece.path("Sequence").path("id").asText();
            if (sequence.equals("B")) {
                throw invalid("post_processor", "the template for one text refers to a second text, B");
            }
            texts += sequence.equals("A") ? 1 : 0;
            JsonNode special = piece.path("SpecialToken").path("id");
            if (special.isTextual() && !processor.path("special_tokens").has(special.textValue())) {
                throw invalid(
                        "post_processor",
                        "the template uses " + special.textValue() + ", which is missing in special_tokens");
            }
        }
        if (texts != 1) {
            throw invalid("post_processor", "the template for one text contains the text " + texts + " times");
        }
    }

    private InvalidInputException invalid(String part, String why) {
        return new InvalidInputException(file + ": the tokenizer cannot be loaded: in its " + part + ", " + why + ".");
    }
}
