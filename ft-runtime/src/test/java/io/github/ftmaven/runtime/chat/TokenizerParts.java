package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Small tokenizers of every kind that the library knows, put together of its parts. */
final class TokenizerParts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> AROUND = List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

    private TokenizerParts() {}

    /** Every part of every kind in at least one tokenizer. */
    static List<byte[]> tokenizers() throws IOException {
        JsonNode parts = JSON.readTree(Fixtures.tokenizer("parts.json").toFile());
        int models = parts.path("model").size();
        List<byte[]> tokenizers = new ArrayList<>();
        for (int i = 0; i < models * 11; i++) {
            ObjectNode json = JSON.createObjectNode().put("version", "1.0");
            json.putNull("truncation").putNull("padding");
            json.putArray("added_tokens")
                    .add(AddedToken.named("<s>", true).toJson(1))
                    .add(AddedToken.named("</s>", true).toJson(2));
            for (String name : AROUND) {
                json.set(
                        name,
                        parts.path(name)
                                .path((i + i / models) % parts.path(name).size()));
            }
            json.set("model", parts.path("model").path(i % models));
            tokenizers.add(JSON.writeValueAsBytes(json));
        }
        return tokenizers;
    }
}
