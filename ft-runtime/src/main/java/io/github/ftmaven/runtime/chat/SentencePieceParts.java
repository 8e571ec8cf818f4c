package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The parts around a SentencePiece model, as transformers creates them for a {@code LlamaTokenizer}. */
final class SentencePieceParts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SPACE = "▁";

    private SentencePieceParts() {}

    /**
     * The parts of tokenizer.json.
     *
     * @param legacy whether spaces are replaced and prepended before special tokens are matched in the result
     * @param prefixed whether an additional space is put before a text
     */
    static Map<String, JsonNode> of(boolean legacy, boolean prefixed) {
        return Map.of(
                "normalizer", legacy ? normalizer(prefixed) : NullNode.getInstance(),
                "pre_tokenizer", legacy ? NullNode.getInstance() : splitting(prefixed),
                "decoder", decoder(prefixed));
    }

    private static JsonNode normalizer(boolean prefixed) {
        ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
        ArrayNode parts = sequence.putArray("normalizers");
        if (prefixed) {
            parts.addObject().put("type", "Prepend").put("prepend", SPACE);
        }
        replace(parts, " ", SPACE);
        return sequence;
    }

    private static JsonNode splitting(boolean prefixed) {
        return JSON.objectNode()
                .put("type", "Metaspace")
                .put("replacement", SPACE)
                .put("prepend_scheme", prefixed ? "first" : "never")
                .put("split", false);
    }

    private static JsonNode decoder(boolean prefixed) {
        ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
        ArrayNode parts = sequence.putArray("decoders");
        replace(parts, SPACE, " ");
        parts.addObject().put("type", "ByteFallback");
        parts.addObject().put("type", "Fuse");
        if (prefixed) {
            parts.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        return sequence;
    }

    private static void replace(ArrayNode parts, String from, String to) {
        ObjectNode part = parts.addObject().put("type", "Replace");
        part.putObject("pattern").put("String", from);
        part.put("content", to);
    }
}
