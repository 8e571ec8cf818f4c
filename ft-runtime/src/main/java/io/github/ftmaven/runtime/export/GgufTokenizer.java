package io.github.ftmaven.runtime.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.chat.TemplateSources;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer in the keys of GGUF. llama.cpp has built-in rules that split text, each with a name. A tokenizer with
 * other rules is rejected, because llama.cpp would produce different tokens than the model was trained on.
 */
final class GgufTokenizer {
    private static final String KEY = "tokenizer.ggml.";
    private static final String TEMPLATE = "tokenizer.chat_template";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private final ModelDirectory model;
    private final JsonNode tokenizer;
    private final JsonNode config;
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final @Nullable BpeSplit split;
    private final @Nullable SentencePieces pieces;
    private final Optional<String> first;
    private final Optional<String> last;

    private GgufTokenizer(ModelDirectory model) {
        this.model = model;
        tokenizer = Tokenizer.json(model.path());
        config = ChatTemplate.json(model.path().resolve(TOKENIZER_CONFIG));
        JsonNode bpe = tokenizer.path("model");
        if (!bpe.path("type").asText().equals("BPE")) {
            throw refused("its model is of type " + bpe.path("type").asText("none") + "; only BPE is supported");
        }
        boolean sentencePieces = bpe.path("byte_fallback").asBoolean();
        readTokens(bpe, sentencePieces);
        try {
            pieces = sentencePieces ? SentencePieces.of(tokenizer, tokens) : null;
            split = sentencePieces ? null : BpeSplit.of(tokenizer);
        } catch (InvalidInputException e) {
            throw refused(Objects.requireNonNull(e.getMessage()));
        }
        List<String> around = new ArrayList<>();
        int text = around(tokenizer.path("post_processor"), around);
        first = text == 1 ? Optional.of(around.get(0)) : Optional.empty();
        last = around.size() > text ? Optional.of(around.get(text)) : Optional.empty();
        checkAround(first, "bos_token");
        checkAround(last, "eos_token");
    }

    /**
     * Reads a model's tokenizer.
     *
     * @throws InvalidInputException if llama.cpp cannot reproduce it
     */
    static GgufTokenizer read(ModelDirectory model) {
        return new GgufTokenizer(model);
    }

    /**
     * Adds the keys of the tokenizer and the chat template.
     *
     * @param served how programs prompt the model and where it stops
     */
    void put(GgufFile gguf, ServedFiles served) {
        if (pieces != null) {
            gguf.put(KEY + "model", "llama").put(KEY + "pre", "default");
        } else if (split != null) {
            gguf.put(KEY + "model", "gpt2").put(KEY + "pre", split.key());
        }
        gguf.putStrings(KEY + "tokens", tokens);
        if (pieces != null) {
            gguf.putFloats(KEY + "scores", pieces.scores());
        }
        gguf.putInts(KEY + "token_type", types);
        if (pieces == null) {
            gguf.putStrings(KEY + "merges", merges(tokenizer));
        }
        Map<String, String> templates = templates(served);
        putId(
                gguf,
                "bos",
                special("bos_token")
                        .or(() -> Optional.ofNullable(
                                model.architecture().specialTokens().bos())));
        putEnds(gguf, served.endTokens(), templates.values());
        putId(gguf, "unknown", special("unk_token"));
        putId(gguf, "padding", special("pad_token"));
        gguf.put(KEY + "add_bos_token", first.isPresent()).put(KEY + "add_eos_token", last.isPresent());
        if (pieces != null) {
            gguf.put(KEY + "add_space_prefix", pieces.spaceInFront());
        }
        putTemplates(gguf, templates);
    }

    /**
     * llama.cpp stops at the tokens of both keys, but other readers of the format stop only at the first one, so the
     * trained token goes there. The exception is a first key with another use: as {@code eos_token} in templates and in
     * the tokenizer.
     */
    private void putEnds(GgufFile gguf, List<Integer> ends, Collection<String> templates) {
        int trained = ends.get(0);
        Optional<Integer> text = special("eos_token");
        boolean used = last.isPresent() || templates.stream().anyMatch(template -> template.contains("eos_token"));
        int eos = used ? text.orElse(trained) : trained;
        putId(gguf, "eos", Optional.of(eos));
        Stream<Integer> others = Stream.concat(ends.stream(), text.stream());
        putId(gguf, "eot", others.filter(id -> id != eos).findFirst());
    }

    /** The templates by name; the template of the training replaces all of them. */
    private Map<String, String> templates(ServedFiles served) {
        return served.template()
                .map(template -> Map.of(TemplateSources.DEFAULT, template))
                .orElseGet(() -> TemplateSources.of(model.path()).templates());
    }

    private static void putTemplates(GgufFile gguf, Map<String, String> templates) {
        List<String> others = templates.keySet().stream()
                .filter(name -> !name.equals(TemplateSources.DEFAULT))
                .toList();
        if (!others.isEmpty()) {
            gguf.putStrings("tokenizer.chat_templates", others);
        }
        others.forEach(name -> gguf.put(TEMPLATE + "." + name, Objects.requireNonNull(templates.get(name))));
        Optional.ofNullable(templates.get(TemplateSources.DEFAULT)).ifPresent(usual -> gguf.put(TEMPLATE, usual));
    }

    private static void putId(GgufFile gguf, String name, Optional<Integer> id) {
        id.ifPresent(value -> gguf.put(KEY + name + "_token_id", (int) value));
    }

    /** The id of a token that {@code tokenizer_config.json} names. */
    private Optional<Integer> special(String name) {
        JsonNode token = config.path(name);
        return Optional.ofNullable(
                ids.get(token.isObject() ? token.path("content").asText() : token.asText()));
    }

    private void readTokens(JsonNode bpe, boolean sentencePieces) {
        int rows = model.architecture().dimensions().vocabSize();
        for (int id = 0; id < rows; id++) {
            tokens.add("[PAD" + id + "]");
            types.add(TokenType.UNUSED.code);
        }
        String unknown = bpe.path("unk_token").asText("");
        for (Map.Entry<String, JsonNode> token : bpe.path("vocab").properties()) {
            String text = token.getKey();
            TokenType type = !sentencePieces
                    ? TokenType.NORMAL
                    : text.equals(unknown)
                            ? TokenType.UNKNOWN
                            : SentencePieces.isByte(text) ? TokenType.BYTE : TokenType.NORMAL;
            set(token.getValue().asInt(-1), text, type);
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            String text = token.path("content").asText();
            for (String flag : List.of("lstrip", "rstrip", "single_word")) {
                if (token.path(flag).asBoolean()) {
                    throw refused("its added token " + text + " is " + flag + ", which llama.cpp does not support");
                }
            }
            if (!sentencePieces || !text.equals(unknown)) {
                TokenType type = token.path("special").asBoolean() ? TokenType.CONTROL : TokenType.USER_DEFINED;
                set(token.path("id").asInt(-1), text, type);
            }
        }
    }

    private void set(int id, String text, TokenType type) {
        if (id < 0 || id >= tokens.size()) {
            throw refused("the id of its token " + text + " is not a row of the embedding");
        }
        tokens.set(id, text);
        types.set(id, type.code);
        ids.put(text, id);
    }

    /** Collects the special tokens around a text and returns how many of them precede it. */
    private int around(JsonNode processor, List<String> special) {
        int front = 0;
        switch (processor.path("type").asText("")) {
            case "", "ByteLevel" -> {}
            case "Sequence" -> {
                for (JsonNode part : processor.path("processors")) {
                    front = Math.max(front, around(part, special));
                }
            }
            case "TemplateProcessing" -> {
                for (JsonNode part : processor.path("single")) {
                    if (part.has("Sequence")) {
                        front = special.size();
                    } else {
                        special.add(part.path("SpecialToken").path("id").asText());
                    }
                }
            }
            default ->
                throw refused("its post_processor is of type "
                        + processor.path("type").asText() + "; only TemplateProcessing and ByteLevel are supported");
        }
        if (front > 1 || special.size() > front + 1) {
            throw refused("its post_processor puts more than one token before or after a text");
        }
        return front;
    }

    private void checkAround(Optional<String> token, String name) {
        if (token.isPresent() && !special(name).equals(Optional.ofNullable(ids.get(token.get())))) {
            throw refused("its post_processor adds " + token.get() + ", which is not the " + name);
        }
    }

    /** The merges as text; older files store text, newer ones pairs. */
    static List<String> merges(JsonNode tokenizer) {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : tokenizer.path("model").path("merges")) {
            merges.add(
                    merge.isTextual()
                            ? merge.textValue()
                            : merge.path(0).asText() + " " + merge.path(1).asText());
        }
        return merges;
    }

    private InvalidInputException refused(String why) {
        return new InvalidInputException("artifact.gguf: " + model.display() + "/" + TOKENIZER
                + ": llama.cpp would tokenize text differently: " + why
                + ". Write artifact.gguf: [lora] for the adapter alone.");
    }

    /** {@code llama_token_type}. */
    private enum TokenType {
        NORMAL(1),
        UNKNOWN(2),
        CONTROL(3),
        USER_DEFINED(4),
        UNUSED(5),
        BYTE(6);

        private final int code;

        TokenType(int code) {
            this.code = code;
        }
    }
}
