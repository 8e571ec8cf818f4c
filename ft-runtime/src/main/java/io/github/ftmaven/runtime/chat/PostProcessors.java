package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a tokenizer that adds special tokens around a text. */
final class PostProcessors {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PostProcessors() {}

    /**
     * A post-processor that adds these tokens, with their ids, before and after a text, or around each text of a pair.
     */
    static JsonNode around(Map<String, Integer> before, Map<String, Integer> behind) {
        ObjectNode processor = JSON.objectNode().put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        append(single, before, "A", 0, behind);
        ArrayNode pair = processor.putArray("pair");
        append(pair, before, "A", 0, behind);
        append(pair, before, "B", 1, behind);
        ObjectNode tokens = processor.putObject("special_tokens");
        Map<String, Integer> all = new LinkedHashMap<>(before);
        all.putAll(behind);
        all.forEach((token, id) -> {
            ObjectNode entry = tokens.putObject(token).put("id", token);
            entry.putArray("ids").add(id);
            entry.putArray("tokens").add(token);
        });
        return processor;
    }

    private static void append(
            ArrayNode pieces, Map<String, Integer> before, String text, int type, Map<String, Integer> behind) {
        before.keySet().forEach(token -> special(pieces, token, type));
        pieces.addObject().putObject("Sequence").put("id", text).put("type_id", type);
        behind.keySet().forEach(token -> special(pieces, token, type));
    }

    private static void special(ArrayNode pieces, String token, int type) {
        pieces.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
    }
}
