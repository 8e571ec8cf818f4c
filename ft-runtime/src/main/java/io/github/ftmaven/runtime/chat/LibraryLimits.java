package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * What the tokenizers library neither does nor refuses: it ends the process, at load or at the first text, and nothing can
 * catch that.
 */
final class LibraryLimits {
    /** The trie of a character map grows by blocks of 256 units of four bytes. */
    private static final int TRIE_BLOCK = 1024;

    private final Path file;

    private LibraryLimits(Path file) {
        this.file = file;
    }

    /**
     * Checks the parts of a tokenizer around its model.
     *
     * @throws InvalidInputException if the library would end the process for one
     */
    static void check(TokenizerJson json) {
        LibraryLimits limits = new LibraryLimits(json.file());
        for (String name : List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
            limits.check(name, json.part(name));
        }
    }

    private void check(String name, JsonNode part) {
        String type = part.path("type").asText();
        if (part.has("single")) {
            checkTemplate(part);
        } else if (name.equals("decoder")
                && type.equals("Strip")
                && part.path("stop").asLong() > 0) {
            throw invalid(name, "Strip has a stop other than 0, which is not supported");
        } else if (type.equals("FixedLength") && part.path("length").asLong() == 0) {
            throw invalid(name, "FixedLength has the length 0");
        } else if (type.equals("Precompiled")) {
            checkCharacterMap(name, part.path("precompiled_charsmap").asText());
        }
        for (JsonNode inner : part) {
            check(name, inner);
        }
    }

    private void checkTemplate(JsonNode processor) {
        int texts = 0;
        for (JsonNode piece : processor.path("single")) {
            String sequence = piece.path("Sequence").path("id").asText();
            if (sequence.equals("B")) {
                throw invalid("post_processor", "the template for one text asks for a second, B");
            }
            texts += sequence.equals("A") ? 1 : 0;
            JsonNode special = piece.path("SpecialToken").path("id");
            if (special.isTextual() && !processor.path("special_tokens").has(special.textValue())) {
                throw invalid(
                        "post_processor",
                        "the template names " + special.textValue() + ", which its special_tokens lack");
            }
        }
        if (texts != 1) {
            throw invalid("post_processor", "the template for one text has the text " + texts + " times");
        }
    }

    /** A map is the size of its trie, the trie, and the texts it leads to. */
    private void checkCharacterMap(String name, String encoded) {
        try {
            ByteBuffer map =
                    ByteBuffer.wrap(Base64.getDecoder().decode(encoded)).order(ByteOrder.LITTLE_ENDIAN);
            int size = map.remaining() < Integer.BYTES ? 0 : map.getInt();
            if (size > 0 && size % TRIE_BLOCK == 0 && size <= map.remaining()) {
                StandardCharsets.UTF_8.newDecoder().decode(map.position(map.position() + size));
                return;
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid(name, "precompiled_charsmap is damaged");
        }
        throw invalid(name, "precompiled_charsmap is damaged");
    }

    private InvalidInputException invalid(String part, String why) {
        return new InvalidInputException(file + ": the tokenizer cannot be loaded: in its " + part + ", " + why + ".");
    }
}
